using System.Runtime.InteropServices;

namespace Trama.Cli.Native;

/// <summary><c>struct rlimit</c>: two numbers as wide as a pointer; no limit at all is the largest there is.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct ResourceLimit
{
    /// <summary>What holds.</summary>
    public nuint Soft;

    /// <summary>As far as the process itself may raise it.</summary>
    public nuint Hard;
}
