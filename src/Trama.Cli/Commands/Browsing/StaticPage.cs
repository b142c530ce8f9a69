using Trama.Cli.ThisProcess;
using Trama.Reports;

namespace Trama.Cli.Commands.Browsing;

/// <summary>The page that reads captures in the browser alone, as a folder that any static host serves. It is too large for the native
/// binary, and stands in a folder beside it.</summary>
internal static class StaticPage
{
    /// <summary>Writes it.</summary>
    /// <param name="folder">Where; it is made, or empty.</param>
    /// <param name="language">The language of what is told.</param>
    /// <exception cref="UserError">It is not there, or cannot be written.</exception>
    public static void Write(string folder, Language language)
    {
        string site = Path.Combine(AppContext.BaseDirectory, "site");
        if (!File.Exists(Path.Combine(site, "index.html"))) throw new UserError(language.Pick(
            $"the page for the browser alone is not at {site}: eng/site makes it, in a clone of Trama",
            $"a página só para o navegador não está em {site}: eng/site a faz, em um clone do Trama"));
        try
        {
            if (Directory.Exists(folder) && Directory.EnumerateFileSystemEntries(folder).Any())
                throw new UserError(language.Pick($"{folder} is not empty", $"{folder} não está vazio"));
            foreach (string file in Directory.EnumerateFiles(site, "*", SearchOption.AllDirectories))
            {
                string target = Path.Combine(folder, Path.GetRelativePath(site, file));
                Directory.CreateDirectory(Path.GetDirectoryName(target)!);
                File.Copy(file, target);
            }
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new UserError($"{folder}: {error.Message}");
        }
    }
}
