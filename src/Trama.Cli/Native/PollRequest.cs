using System.Runtime.InteropServices;

namespace Trama.Cli.Native;

/// <summary><c>struct pollfd</c>.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct PollRequest
{
    /// <summary>POLLIN.</summary>
    public const short CanRead = 1;

    /// <summary>POLLOUT.</summary>
    public const short CanWrite = 4;

    /// <summary>The handle asked about.</summary>
    public int Handle;

    /// <summary>What is waited for.</summary>
    public short Events;

    /// <summary>What came.</summary>
    public short Came;
}
