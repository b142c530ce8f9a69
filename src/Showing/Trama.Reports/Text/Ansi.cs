namespace Trama.Reports.Text;

/// <summary>The control sequences of ECMA-48 that a terminal is sent; there are no others.</summary>
public static class Ansi
{
    /// <summary>Goes to the start of the line and clears it.</summary>
    public const string ClearLine = "\r\e[K";

    /// <summary>Goes to the first line and clears the screen.</summary>
    public const string ClearScreen = "\e[H\e[J";

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

    /// <summary>A text in a style.</summary>
    public static string Styled(string text, TextStyle style) =>
        $"{System.Text.Encoding.ASCII.GetString(Of(style))}{text}{System.Text.Encoding.ASCII.GetString(Plain)}";
}
