using System.Globalization;
using Trama.Reports;
using Trama.Reports.Text;

namespace Trama.Cli.ThisProcess;

/// <summary>What standard output can show.</summary>
internal static class Terminal
{
    private const int WidthWithoutTerminal = 100;
    private static readonly string[] CharacterSetVariables = ["LC_ALL", "LC_CTYPE", "LANG"];

    /// <summary>Columns: those of the terminal, else what <c>COLUMNS</c> says, else 100.</summary>
    public static int Width => Console.IsOutputRedirected
        ? int.TryParse(Environment.GetEnvironmentVariable("COLUMNS"), NumberStyles.None, CultureInfo.InvariantCulture, out int columns) ? columns : WidthWithoutTerminal
        : Console.WindowWidth is > 0 and int width ? width : WidthWithoutTerminal;

    /// <summary>Whether colour is wanted: on a terminal, unless <c>NO_COLOR</c> is set.</summary>
    public static bool Colour =>
        !Console.IsOutputRedirected && string.IsNullOrEmpty(Environment.GetEnvironmentVariable("NO_COLOR")) && Environment.GetEnvironmentVariable("TERM") != "dumb";

    /// <summary>Whether the locale names a character set other than UTF-8. Without a locale UTF-8 is taken for granted.</summary>
    public static bool AsciiOnly
    {
        get
        {
            string? locale = CharacterSetVariables.Select(Environment.GetEnvironmentVariable).FirstOrDefault(value => !string.IsNullOrEmpty(value));
            return locale is not null && !locale.Replace("-", "", StringComparison.Ordinal).Contains("utf8", StringComparison.OrdinalIgnoreCase);
        }
    }

    /// <summary>A line for standard error that must not be overlooked: red on a terminal, unless <c>NO_COLOR</c> is set.</summary>
    public static string Warning(string line) =>
        Console.IsErrorRedirected || !string.IsNullOrEmpty(Environment.GetEnvironmentVariable("NO_COLOR")) ? line : $"\e[31m{line}\e[0m";

    /// <summary>How text is written here.</summary>
    public static TextOptions Options(Language language) => new() { Width = Width, Colour = Colour, Ascii = AsciiOnly, Language = language };
}
