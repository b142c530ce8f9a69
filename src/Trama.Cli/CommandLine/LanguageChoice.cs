using Trama.Reports;

namespace Trama.Cli.CommandLine;

/// <summary>Chooses the language: <c>--lang</c>, then <c>TRAMA_LANG</c>, then the locale's environment variables.</summary>
internal static class LanguageChoice
{
    private static readonly string[] Variables = ["TRAMA_LANG", "LC_ALL", "LC_MESSAGES", "LANG"];

    /// <summary>The language for this command line. It is needed before parsing, for the help texts.</summary>
    public static Language From(IReadOnlyList<string> args, Func<string, string?> environment)
    {
        for (int i = 0; i < args.Count && args[i] != "--"; i++)
        {
            if (args[i].StartsWith("--lang=", StringComparison.Ordinal)) return Named(args[i]["--lang=".Length..]);
            if (args[i] == "--lang" && i + 1 < args.Count) return Named(args[i + 1]);
        }

        string? locale = Variables.Select(environment).FirstOrDefault(value => !string.IsNullOrEmpty(value));
        return Named(locale ?? "en");
    }

    private static Language Named(string locale) =>
        locale.StartsWith("pt", StringComparison.OrdinalIgnoreCase) ? Language.Portuguese : Language.English;
}
