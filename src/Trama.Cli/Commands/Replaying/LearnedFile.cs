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
        // What is there stays there until all of it was taken over.
        string whole = $"{path}.new";
        SecretFiles.Protect(whole, language);
        try
        {
            var learned = new LearnedCapture(new FileStream(whole, FileMode.Create, FileAccess.Write, FileShare.Read));
            if (File.Exists(path)) TakeOver(path, learned, language);
            File.Move(whole, path, overwrite: true);
            return learned;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw CaptureException.FromFileError(path, error);
        }
        finally
        {
            File.Delete(whole);
        }
    }

    private static void TakeOver(string path, LearnedCapture learned, Language language)
    {
        using CaptureFile before = CaptureFiles.Open(path);
        if (!learned.TryCopy(before)) throw new UserError(language.Pick(
            $"{VisibleText.Of(path)}: this capture was not made by --learn, and is left as it is: give another name",
            $"{VisibleText.Of(path)}: esta captura não foi feita por --learn, e fica como está: dê outro nome"));
    }
}
