namespace Trama.Reports.Text;

/// <summary>The control sequences of ECMA-48 that a terminal is sent; there are no others.</summary>
public static class Ansi
{
    /// <summary>Goes to the start of the line and clears it.</summary>
    public const string ClearLine = "\r\e[K";

    /// <summary>Clears all from here on.</summary>
    public const string ClearBelow = "\e[J";

    /// <summary>Goes to the first line and clears the screen.</summary>
    public const string ClearScreen = "\e[H\e[J";

    /// <summary>Takes a screen of its own, without cursor, and asks to be told of clicks; what was there before comes back with
    /// <see cref="LeaveScreen"/>.</summary>
    public const string EnterScreen = "\e[?1049h\e[?25l\e[?1000h\e[?1006h";

    /// <summary>Gives the screen back as it was.</summary>
    public const string LeaveScreen = "\e[0m\e[?1006l\e[?1000l\e[?25h\e[?1049l";

    /// <summary>Gives the window a title, and keeps the one it had for <see cref="TitleBack"/> (XTerm's window manipulation).</summary>
    /// <param name="visible">The title, without control characters.</param>
    public static string Title(string visible) => $"\e[22;2t\e]2;{visible}\a";

    /// <summary>Gives the window back the title it had.</summary>
    public const string TitleBack = "\e[23;2t";

    /// <summary>Clears the rest of the line.</summary>
    public const string ClearRest = "\e[K";

    /// <summary>Begins a selected line.</summary>
    public const string Selected = "\e[7m";

    /// <summary>Ends every style.</summary>
    public static ReadOnlySpan<byte> Plain => "\e[0m"u8;

    /// <summary>Begins a style; empty for <see cref="TextStyle.Plain"/>.</summary>
    public static ReadOnlySpan<byte> Of(TextStyle style) => style switch
    {
        TextStyle.Dim => "\e[2m"u8,
        TextStyle.Bold => "\e[1m"u8,
        TextStyle.Client => "\e[36m"u8,
        TextStyle.ClientBold => "\e[1;36m"u8,
        TextStyle.Server => "\e[33m"u8,
        TextStyle.ServerBold => "\e[1;33m"u8,
        TextStyle.Warning => "\e[35m"u8,
        TextStyle.Error => "\e[1;31m"u8,
        TextStyle.Opening => "\e[32m"u8,
        TextStyle.Closing => "\e[33m"u8,
        TextStyle.Breaking => "\e[31m"u8,
        _ => default,
    };

    /// <summary>Goes <paramref name="columns"/> columns to the right of the line's start.</summary>
    public static string Column(int columns) => $"\r\e[{columns}C";

    /// <summary>Goes to the start of a line above.</summary>
    /// <param name="lines">How many lines above, 0 or more.</param>
    public static string Above(int lines) =>
        lines == 0 ? "\r" : string.Create(System.Globalization.CultureInfo.InvariantCulture, $"\e[{lines}F");

    /// <summary>Goes to the start of a row, counted from 0.</summary>
    public static string Row(int row) => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"\e[{row + 1}H");

    /// <summary>Puts a text in the clipboard of the person at the terminal, where that allows it (OSC 52).</summary>
    public static string Clipboard(string text) => $"\e]52;c;{Convert.ToBase64String(System.Text.Encoding.UTF8.GetBytes(text))}\a";

    /// <summary>A text in a style.</summary>
    public static string Styled(string text, TextStyle style) =>
        $"{System.Text.Encoding.ASCII.GetString(Of(style))}{text}{System.Text.Encoding.ASCII.GetString(Plain)}";
}
