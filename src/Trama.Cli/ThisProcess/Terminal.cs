using System.Globalization;
using System.Text;
using Trama.Cli.Native;
using Trama.Reports;
using Trama.Reports.Text;

namespace Trama.Cli.ThisProcess;

/// <summary>What standard output can show.</summary>
internal static class Terminal
{
    private const int StandardOutput = 1;
    private const int StandardErrorHandle = 2;
    private const int WidthWithoutTerminal = 100;
    private static readonly string[] CharacterSetVariables = ["LC_ALL", "LC_CTYPE", "LANG"];
    private static bool? _colour;

    /// <summary>Columns: those of the terminal, else what <c>COLUMNS</c> says, else 100.</summary>
    public static int Width =>
        !Console.IsOutputRedirected && WindowSize.Columns(StandardOutput) is > 0 and int width ? width
        : int.TryParse(Variable("COLUMNS"), NumberStyles.None, CultureInfo.InvariantCulture, out int columns) && columns > 0 ? columns
        : WidthWithoutTerminal;

    /// <summary>Whether what is on the terminal of standard output can be replaced.</summary>
    public static bool IsScreen => !Console.IsOutputRedirected && Variable("TERM") is not ("" or "dumb");

    /// <summary>
    /// Lines of the terminal of standard error that can be replaced: 1 where it has no more than that, or that is not known.
    /// </summary>
    public static int ErrorLines =>
        Variable("TERM") is "" or "dumb" ? 1 : Math.Max(1, WindowSize.Rows(StandardErrorHandle) - 1);

    /// <summary>Columns of the terminal of standard error.</summary>
    public static int ErrorWidth => WindowSize.Columns(StandardErrorHandle) is > 0 and int width ? width : WidthWithoutTerminal;

    /// <summary>Whether standard output has colour.</summary>
    public static bool Colour => HasColour(Console.IsOutputRedirected);

    /// <summary>Whether the locale names a character set other than UTF-8. Without a locale UTF-8 is taken for granted.</summary>
    public static bool AsciiOnly
    {
        get
        {
            string? locale = CharacterSetVariables.Select(Environment.GetEnvironmentVariable)
                .FirstOrDefault(value => !string.IsNullOrEmpty(value));
            return locale is not null && !locale.Replace("-", "", StringComparison.Ordinal)
                .Contains("utf8", StringComparison.OrdinalIgnoreCase);
        }
    }

    /// <summary>Decides on colour by <c>--color</c>: <c>always</c>, <c>never</c>, or else by what the surroundings say.</summary>
    public static void ChooseColour(string? asked) => _colour = asked switch { "always" => true, "never" => false, _ => null };

    /// <summary>
    /// Standard error for control sequences of the program's own; all else goes through <see cref="Console.Error"/>, which lets none pass.
    /// </summary>
    public static TextWriter Control { get; } = TextWriter.Synchronized(new StreamWriter(new StandardError()) { AutoFlush = true });

    /// <summary>Writes a line to standard error that must not be overlooked: red where there is colour.</summary>
    public static void Warn(string line)
    {
        StatusLine.Clear();
        bool isColoured = HasColour(Console.IsErrorRedirected);
        if (isColoured) Control.Write(Encoding.ASCII.GetString(Ansi.Of(TextStyle.Breaking)));
        Console.Error.Write(line);
        if (isColoured) Control.Write(Encoding.ASCII.GetString(Ansi.Plain));
        Console.Error.WriteLine();
    }

    /// <summary>How text is written here.</summary>
    public static TextOptions Options(Language language) =>
        new() { Width = Width, Colour = Colour, Ascii = AsciiOnly, Language = language };

    // NO_COLOR (no-color.org) forbids it; CLICOLOR_FORCE and FORCE_COLOR ask for it where there is no terminal too.
    private static bool HasColour(bool isRedirected) => _colour
        ?? (Variable("NO_COLOR").Length == 0 && (IsForced("CLICOLOR_FORCE") || IsForced("FORCE_COLOR")
            || (!isRedirected && Variable("TERM") != "dumb")));

    private static bool IsForced(string variable) => Variable(variable) is not ("" or "0" or "false");

    private static string Variable(string name) => Environment.GetEnvironmentVariable(name) ?? "";
}
