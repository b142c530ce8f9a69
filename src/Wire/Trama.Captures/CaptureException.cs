namespace Trama.Captures;

/// <summary>
/// The environment stood in the way: a file, a device, the capture library. What is wrong inside a capture file is no exception
/// but the file's <see cref="CaptureFile.End"/>.
/// </summary>
/// <param name="failure">What kind of failure.</param>
/// <param name="subject">The file, device or expression concerned.</param>
/// <param name="detail">The text of the operating system or of libpcap; may be empty.</param>
public sealed class CaptureException(CaptureFailure failure, string subject, string detail)
    : Exception(detail.Length == 0 ? $"{subject}: {failure}" : $"{subject}: {detail}")
{
    /// <summary>What kind of failure.</summary>
    public CaptureFailure Failure { get; } = failure;

    /// <summary>The file, device or expression concerned.</summary>
    public string Subject { get; } = subject;

    /// <summary>The text of the operating system or of libpcap; may be empty.</summary>
    public string Detail { get; } = detail;

    /// <summary>The failure that an exception of the runtime's file functions stands for.</summary>
    public static CaptureException FromFileError(string path, Exception error) => error switch
    {
        FileNotFoundException or DirectoryNotFoundException => new(CaptureFailure.NotFound, path, "No such file or directory"),
        UnauthorizedAccessException when Directory.Exists(path) => new(CaptureFailure.IsFolder, path, "Is a directory"),
        UnauthorizedAccessException => new(CaptureFailure.NotPermitted, path, "Permission denied"),
        IOException { HResult: NoSpaceLeft or QuotaExceeded } => new(CaptureFailure.NoSpace, path, "No space left on device"),
        _ => new(CaptureFailure.Other, path, error.Message),
    };

    // The runtime puts the operating system's error number (Linux: ENOSPC, EDQUOT) into HResult.
    private const int NoSpaceLeft = 28;
    private const int QuotaExceeded = 122;
}
