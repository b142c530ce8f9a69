using System.Collections.Concurrent;
using Microsoft.Win32.SafeHandles;
using Trama.Cli.Native;
using Trama.Cli.ThisProcess;

namespace Trama.Cli.Commands.Viewing;

/// <summary>What a person types, from standard input, or from the terminal itself where a capture comes through that.</summary>
internal sealed class TypedBytes : IDisposable
{
    private const string OwnTerminal = "/dev/tty";

    private readonly SafeFileHandle? _opened;

    /// <summary>Finds the keyboard.</summary>
    /// <exception cref="IOException">There is none.</exception>
    public TypedBytes()
    {
        if (!Console.IsInputRedirected && !StandardInput.IsMissing) return;
        _opened = File.OpenHandle(OwnTerminal);
    }

    /// <summary>The handle that keys come from.</summary>
    public int Handle => _opened is null ? 0 : (int)_opened.DangerousGetHandle();

    /// <summary>Passes on what is typed, on a thread of its own; nothing at all says that the terminal has gone.</summary>
    public void PassTo(BlockingCollection<byte[]> typed)
    {
        var thread = new Thread(() =>
        {
            byte[] buffer = new byte[1024];
            nint count;
            while ((count = Libc.Read(Handle, buffer, (nuint)buffer.Length)) > 0) typed.Add(buffer[..(int)count]);
            typed.Add([]);
        })
        { IsBackground = true, Name = "keyboard" };
        thread.Start();
    }

    /// <inheritdoc/>
    public void Dispose() => _opened?.Dispose();
}
