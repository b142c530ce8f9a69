using Trama.Captures;
using Trama.Cli.ThisProcess;

namespace Trama.Cli.Capturing;

/// <summary>Opening capture files that a command line names.</summary>
internal static class CaptureFiles
{
    /// <summary>
    /// Opens one, the first also when only root may read it and the command was started as root. What is in it is read without root's
    /// rights.
    /// </summary>
    /// <param name="path">The file; <c>-</c> is standard input.</param>
    /// <param name="keepBlocks">Whether the blocks of a pcapng file are kept for a copy.</param>
    /// <exception cref="CaptureException">It cannot be opened.</exception>
    public static CaptureFile Open(string path, bool keepBlocks = false)
    {
        if (path == "-" && StandardInput.IsMissing) throw new CaptureException(CaptureFailure.Other, path, "Bad file descriptor");
        CaptureFile file;
        using (Privileges.Raise()) file = CaptureFile.Open(path, keepBlocks);
        Privileges.Drop();
        return file;
    }
}
