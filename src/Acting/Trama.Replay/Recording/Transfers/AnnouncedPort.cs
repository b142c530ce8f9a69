using System.Globalization;
using System.Net;
using System.Text;
using System.Text.RegularExpressions;

namespace Trama.Replay.Recording.Transfers;

/// <summary>Where one side of FTP says that it listens for data: in PORT and EPRT, and in what answers PASV and EPSV (RFC 959,
/// RFC 2428).</summary>
/// <param name="Address">The address; null where it is that of the connection itself (229).</param>
/// <param name="Port">The port.</param>
internal readonly partial record struct AnnouncedPort(IPAddress? Address, ushort Port)
{
    // What announces a port is a line.
    private const int Longest = 512;

    /// <summary>Reads a command or a reply; null when it announces nothing.</summary>
    public static AnnouncedPort? Read(ReadOnlySpan<byte> message)
    {
        string text = Encoding.Latin1.GetString(message[..Math.Min(message.Length, Longest)]);
        if (Is(text, "PORT ") || Is(text, "227")) return Numbers(text);
        if (Is(text, "EPRT ") || Is(text, "229")) return Fields(text);
        return null;
    }

    /// <summary>The message with another place in it.</summary>
    public static byte[] Replace(ReadOnlySpan<byte> message, IPEndPoint place)
    {
        string text = Encoding.Latin1.GetString(message);
        string numbers = string.Join(',', [.. place.Address.GetAddressBytes(), (byte)(place.Port >> 8), (byte)place.Port]);
        text = SixNumbers().Replace(text, numbers, 1);
        return Encoding.Latin1.GetBytes(BetweenBars().Replace(
            text, found => found.Groups["address"].Length > 0 ? Bars(place) : $"|||{place.Port}|", 1));
    }

    /// <summary>A place as EPRT has it: family, address, port.</summary>
    public static string Bars(IPEndPoint place) =>
        $"|{(place.Address.GetAddressBytes().Length == 4 ? 1 : 2)}|{place.Address}|{place.Port}|";

    private static bool Is(string text, string word) => text.StartsWith(word, StringComparison.OrdinalIgnoreCase);

    private static AnnouncedPort? Numbers(string text)
    {
        if (SixNumbers().Match(text) is not { Success: true } found) return null;
        byte[] numbers = new byte[6];
        string[] words = found.Value.Split(',');
        for (int at = 0; at < numbers.Length; at++)
            if (!byte.TryParse(words[at], NumberStyles.None, CultureInfo.InvariantCulture, out numbers[at])) return null;
        return new(new IPAddress(numbers.AsSpan(0, 4)), (ushort)((numbers[4] << 8) | numbers[5]));
    }

    private static AnnouncedPort? Fields(string text)
    {
        if (BetweenBars().Match(text) is not { Success: true } found) return null;
        if (!ushort.TryParse(found.Groups["port"].Value, NumberStyles.None, CultureInfo.InvariantCulture, out ushort port)) return null;
        return new(IPAddress.TryParse(found.Groups["address"].Value, out IPAddress? address) ? address : null, port);
    }

    [GeneratedRegex("[0-9]{1,3}(,[0-9]{1,3}){5}")]
    private static partial Regex SixNumbers();

    [GeneratedRegex(@"\|[12]?\|(?<address>[0-9A-Fa-f:.]*)\|(?<port>[0-9]{1,5})\|")]
    private static partial Regex BetweenBars();
}
