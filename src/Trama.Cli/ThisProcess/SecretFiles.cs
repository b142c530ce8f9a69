using Trama.Captures;
using Trama.Framing;
using Trama.Peers.Security;
using Trama.Reports;

namespace Trama.Cli.ThisProcess;

/// <summary>Files of a peer that hold what was said, or keys.</summary>
internal static class SecretFiles
{
    /// <summary>Makes a file that is about to be written its owner's alone, and says so when it was not.</summary>
    /// <exception cref="CaptureException">It cannot be created, or belongs to somebody else.</exception>
    public static void Protect(string path, Language language)
    {
        OthersLinks.Refuse(path);
        try
        {
            if (!SecretFile.Protect(path)) return;
            Console.Error.WriteLine(language.Pick(
                $"trama: {VisibleText.Of(path)} could be read by others; now its owner alone can (0600)",
                $"trama: {VisibleText.Of(path)} podia ser lido por outros; agora só o dono pode (0600)"));
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw CaptureException.FromFileError(path, error);
        }
    }
}
