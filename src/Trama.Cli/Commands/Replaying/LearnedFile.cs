using Trama.Captures;
using Trama.Cli.Capturing;
using Trama.Cli.ThisProcess;
using Trama.Framing;
using Trama.Replay.Learning;
using Trama.Reports;

namespace Trama.Cli.Commands.Replaying;

/// <summary>The file of <c>--learn</c>.</summary>
internal static class LearnedFile
{
    /// <summary>Opens it to add to what is there.</summary>
    /// <exception cref="UserError">It cannot be written, or is a capture of another kind.</exception>
    public static LearnedCapture Open(string path, Language language)
    {
        try
        {
            // What is there stays there until all of it was taken over.
            using var whole = new WholeFile(path, language);
            SecretFiles.Protect(whole.Part, language);
            var learned = new LearnedCapture(new FileStream(whole.Part, FileMode.Create, FileAccess.Write, FileShare.Read));
            if (CaptureFiles.CanBeReadAgain(path)) TakeOver(path, learned, language);
            whole.Keep();
            return learned;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw CaptureException.FromFileError(path, error);
        }
    }

    private static void TakeOver(string path, LearnedCapture learned, Language language)
    {
        using CaptureFile before = CaptureFiles.Open(path);
        if (!learned.TryCopy(before)) throw new UserError(language.Pick(
            $"{VisibleText.Of(path)}: this capture was not made by --learn, and is left as it is: give another name",
            $"{VisibleText.Of(path)}: esta captura não foi feita por --learn, e fica como está: dê outro nome"));
        if (before.End is { IsComplete: false } end) throw CaptureErrors.Describe(path, end, 0, language);
    }
}
