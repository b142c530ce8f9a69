using Trama.Captures;
using Trama.Cli.Capturing;
using Trama.Cli.CommandLine;
using Trama.Cli.ThisProcess;
using Trama.Reports;

namespace Trama.Cli.PeerOptions;

/// <summary>Reads a file that is to be held in memory; one without an end, such as a device, meets a limit too.</summary>
internal static class HeldFile
{
    /// <summary>The bytes of the file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="most">The most bytes that it may have.</param>
    /// <param name="language">The language of errors.</param>
    /// <exception cref="UserError">It cannot be read, or is larger.</exception>
    public static byte[] Read(string path, int most, Language language)
    {
        try
        {
            using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite, bufferSize: 0);
            var text = new byte[Math.Min(most, 64 << 10)];
            int count = 0;
            while (file.Read(text, count, text.Length - count) is > 0 and int read)
            {
                count += read;
                if (count < text.Length) continue;
                if (count == most && file.ReadByte() >= 0)
                    throw new UserError(language.Pick($"{path}: larger than {Sizes.Format(most)}",
                        $"{path}: maior que {Sizes.Format(most)}"));
                Array.Resize(ref text, (int)Math.Min(most, 2L * text.Length));
            }

            return text[..count];
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw CaptureErrors.Describe(CaptureException.FromFileError(path, error), language);
        }
    }
}
