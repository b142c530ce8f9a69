using Trama.Captures;
using Trama.Cli.CommandLine;
using Trama.Cli.ThisProcess;
using Trama.Fleet.Headers;
using Trama.Fleet.Storing;

namespace Trama.Cli.Capturing;

/// <summary>Opening capture files that a command line names.</summary>
internal static class CaptureFiles
{
    private static readonly PastPeriod All = new(long.MinValue, long.MaxValue);

    /// <summary>
    /// Opens one, the first also when only root may read it and the command was started as root. What is in it is read without root's
    /// rights. The store of <c>trama watch</c> is one, too: the headers of the packets that it keeps.
    /// </summary>
    /// <param name="path">The file; <c>-</c> is standard input.</param>
    /// <param name="keepBlocks">Whether the blocks of a pcapng file are kept for a copy.</param>
    /// <exception cref="CaptureException">It cannot be opened.</exception>
    public static CaptureFile Open(string path, bool keepBlocks = false) => Open(path, keepBlocks, again: null, growing: null);

    /// <summary>Opens one whose packets are to be read again.</summary>
    /// <inheritdoc cref="Open(string, bool)"/>
    /// <param name="path">The file; <c>-</c> is standard input.</param>
    /// <param name="again">Will read them.</param>
    /// <param name="grows">Whether somebody is still writing the file: then its end is where nobody writes any longer.</param>
    public static CaptureFile Open(string path, PacketsAgain again, out bool grows)
    {
        GrowingFile? growing = GrowingFile.TryOpen(path);
        grows = growing is not null;
        return Open(path, keepBlocks: false, again, growing);
    }

    private static CaptureFile Open(string path, bool keepBlocks, PacketsAgain? again, GrowingFile? growing)
    {
        if (path == "-" && StandardInput.IsMissing) throw new CaptureException(CaptureFailure.Other, path, "Bad file descriptor");
        CaptureFile file;
        using (Privileges.Raise())
        {
            if (growing is null && StoreFolder.IsStore(path)) file = OpenStore(path, All, again);
            else
            {
                file = growing is not null ? CaptureFile.Open(growing) : CaptureFile.Open(path, keepBlocks);
                again?.Begin(file, path);
            }
        }

        Privileges.Drop();
        return file;
    }

    /// <summary>Opens the headers that a store keeps.</summary>
    /// <param name="path">Its folder.</param>
    /// <param name="period">Of what time packets are wanted.</param>
    /// <param name="again">Will read them again, which is done in a copy: the store goes on. Null when nobody asks for them twice.</param>
    /// <exception cref="CaptureException">It cannot be read, or not copied.</exception>
    /// <exception cref="StoreException">It is no store, or none that can be read.</exception>
    public static CaptureFile OpenStore(string path, PastPeriod period, PacketsAgain? again)
    {
        try
        {
            var headers = new HeaderStream(StoreFolder.Open(path), period.From, period.To);
            return again is null ? CaptureFile.Open(headers) : again.BeginCopy(headers);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw CaptureException.FromFileError(path, error);
        }
    }

    /// <summary>Whether what is named can be read more than once: a file that has something, no pipe.</summary>
    public static bool CanBeReadAgain(string path) => path != "-" && new FileInfo(path) is { Exists: true, Length: > 0 };
}
