using Microsoft.Win32.SafeHandles;

namespace Trama.Cli.ThisProcess;

/// <summary>Standard input as bytes, unbuffered.</summary>
internal static class StandardInput
{
    /// <summary>Whether the program was started without it.</summary>
    public static bool IsMissing => StandardHandles.IsMissing(0);

    /// <summary>The stream of standard input; unlike the console's own it is a file where standard input is one.</summary>
    public static FileStream Open() => new(new SafeFileHandle(0, ownsHandle: false), FileAccess.Read, bufferSize: 0);
}
