using System.Buffers.Text;
using System.Text;
using System.Text.RegularExpressions;
using Trama.Captures;
using Trama.Framing.Tls.Keys;
using Trama.Packets.Decoding;
using Trama.Packets.Network;
using Trama.Scrubbing.Words;
using Trama.Tracing;
using Record = Trama.Packets.Record;

namespace Trama.Scrubbing.Tests;

/// <summary>
/// Every word of six letters or more that a capture says, as it stands there, decrypted and decoded; long numbers, words of other alphabets,
/// and the addresses of its headers.
/// </summary>
internal sealed partial class SaidWords : ITraceSink
{
    private const int MostEdge = 2;

    private readonly Dictionary<(long, Side), MemoryStream> _streams = [], _decrypted = [];

    /// <summary>The words, in small letters, without those of protocols.</summary>
    public HashSet<string> Words { get; } = [];

    /// <summary>Those that the bytes of the file spell, numbers of headers among them.</summary>
    public HashSet<string> RawWords { get; } = [];

    /// <summary>Numbers of eight digits or more.</summary>
    public HashSet<string> Numbers { get; } = [];

    /// <summary>Words of four letters or more that are not all of ASCII, in UTF-8 and UTF-16.</summary>
    public HashSet<string> Foreign { get; } = [];

    /// <summary>The addresses of IP.</summary>
    public HashSet<IpAddress> Addresses { get; } = [];

    /// <summary>The addresses of devices.</summary>
    public HashSet<string> Devices { get; } = [];

    /// <summary>All of a capture's bytes, one letter each.</summary>
    public string Raw { get; private init; } = "";

    /// <summary>All that is said in streams, one letter each byte.</summary>
    public StringBuilder Streams { get; } = new();

    /// <summary>Reads a capture.</summary>
    /// <param name="path">The capture; the secrets of its connections may lie beside it.</param>
    /// <param name="decrypts">Whether to decrypt.</param>
    public static SaidWords Of(string path, bool decrypts)
    {
        byte[] bytes = File.ReadAllBytes(path);
        var said = new SaidWords { Raw = Encoding.Latin1.GetString(bytes) };
        foreach (Match word in LongWords().Matches(said.Raw)) said.RawWords.Add(word.Value.ToLowerInvariant());
        var keys = new TlsKeys();
        var reader = new KeyLogReader(keys);
        string keyLog = Path.ChangeExtension(path, ".keys");
        if (decrypts && File.Exists(keyLog)) reader.Take(File.ReadAllBytes(keyLog));
        using CaptureFile file = CaptureFile.Open(path);
        if (decrypts) file.ForwardAllTlsSecrets(reader.Take);
        reader.Complete();
        var tracker = new ConnectionTracker(new TracingOptions { Bodies = BodyNeeds.Content, Keys = keys }, said);
        while (file.TryRead(out Record record))
        {
            for (PacketWalk walk = PacketWalk.Of(record); walk.TryMoveOn();)
            {
                if (walk.Layer == Layer.Ethernet && walk.Bytes.Length >= 12)
                {
                    said.Devices.Add(Encoding.Latin1.GetString(walk.Bytes[..6]));
                    said.Devices.Add(Encoding.Latin1.GetString(walk.Bytes[6..12]));
                }

                if (walk.Layer is not (Layer.Transport or Layer.Fragment)) continue;
                // The bytes of TCP's headers may spell the beginning of a word that its stream goes on with.
                if (walk.Protocol != IpProtocol.Tcp) said.Hear(walk.Bytes);
                said.Addresses.Add(walk.Source);
                said.Addresses.Add(walk.Destination);
            }

            tracker.Observe(record);
        }

        tracker.Complete();
        // What says that there is none, or that it is everybody's.
        said.Addresses.RemoveWhere(address => $"{address}" is "0.0.0.0" or "255.255.255.255" or "::");
        said.Devices.RemoveWhere(device => device.Count(part => part is '\0' or '\xff') > 2);
        said.Words.RemoveWhere(IsOfProtocols);
        return said;
    }

    // Words of protocols, cut by a segment's end, or with one another and the letters that a length or a type spells beside them.
    private static bool IsOfProtocols(string word)
    {
        if (Vocabulary.All.Any(known => known.Contains(word, StringComparison.Ordinal))) return true;
        bool[] reached = new bool[word.Length + 1];
        for (int edge = 0; edge <= MostEdge; edge++) reached[edge] = true;
        for (int at = 0; at < word.Length; at++)
        {
            if (!reached[at]) continue;
            for (int length = 2; at + length <= word.Length; length++)
                reached[at + length] |= Vocabulary.Has(Encoding.ASCII.GetBytes(word.Substring(at, length)));
        }

        return Enumerable.Range(0, MostEdge + 1).Any(edge => reached[word.Length - edge]);
    }

    /// <summary>What another capture still says of this one.</summary>
    public IEnumerable<string> LeftIn(SaidWords after)
    {
        foreach (string word in after.Words.Union(after.RawWords).Where(word => Holds(Words, word))) yield return $"word {word}";
        foreach (string number in after.Numbers.Where(Numbers.Contains)) yield return $"number {number}";
        foreach (string word in after.Foreign.Where(Foreign.Contains)) yield return $"word {word}";
        foreach (IpAddress address in Addresses)
        {
            string text = $"{address}";
            if (after.Addresses.Contains(address)) yield return $"address {text}";
            byte[] bytes = new byte[16];
            string raw = Encoding.Latin1.GetString(bytes, 0, address.WriteBytes(bytes));
            foreach (string form in (string[])[text, text.Replace('.', ','), text.Replace('.', '-')])
                if (text.Length >= 9 && (Contains(after.Raw, form) || Contains(after.SaidText, form))) yield return $"address in text {form}";
            if (raw.Length == 16 && (Contains(after.Raw, raw) || Contains(after.SaidText, raw))) yield return $"address in bytes {text}";
        }

        foreach (string device in Devices.Where(device => Contains(after.Raw, device)))
            yield return $"device {Convert.ToHexString(Encoding.Latin1.GetBytes(device))}";
    }

    private string SaidText => field ??= Streams.ToString();

    private static bool Contains(string text, string part) => text.Contains(part, StringComparison.Ordinal);

    // All of a run of letters, or eight of them and more within it: fewer come about by chance.
    private static bool Holds(HashSet<string> words, string run)
    {
        const int Shortest = 8, Longest = 24;
        if (words.Contains(run)) return true;
        for (int at = 0; at < run.Length; at++)
            for (int length = Shortest; length <= Longest && at + length <= run.Length; length++)
                if (words.Contains(run.Substring(at, length))) return true;
        return false;
    }

    void ITraceSink.CarriedBytes(Connection connection, Side from, in CarriedPiece piece, ReadOnlySpan<byte> bytes)
    {
        if (piece.Protocol == "tls") Stream(_decrypted, connection, from).Write(bytes);
        else Hear(bytes);
    }

    void ITraceSink.StreamBytes(Connection connection, Side from, long offset, ReadOnlySpan<byte> bytes, PacketStamp packet) =>
        Stream(_streams, connection, from).Write(bytes);

    void ITraceSink.ContentBytes(Connection connection, Side from, in ContentPiece piece, ReadOnlySpan<byte> bytes) => Hear(bytes);

    void ITraceSink.ExchangeCompleted(Connection connection, Exchange exchange)
    {
        Hear(exchange.Operation.Span);
        Hear(exchange.Status.Span);
    }

    void ITraceSink.ConnectionEnded(Connection connection)
    {
        foreach (Side side in (Side[])[Side.Client, Side.Server])
        {
            HearStream(_streams, (connection.Id, side), connection);
            HearStream(_decrypted, (connection.Id, side), connection);
        }
    }

    private void HearStream(Dictionary<(long, Side), MemoryStream> streams, (long, Side) of, Connection connection)
    {
        if (!streams.Remove(of, out MemoryStream? stream)) return;
        byte[] bytes = stream.ToArray();
        Hear(bytes);
        Streams.Append(Encoding.Latin1.GetString(bytes)).Append('\0');
        if (!connection.Layers.Contains("http2")) return;
        foreach (string text in HeaderStrings.Of(bytes)) Hear(Encoding.Latin1.GetBytes(text));
    }

    private static MemoryStream Stream(Dictionary<(long, Side), MemoryStream> streams, Connection connection, Side from)
    {
        if (!streams.TryGetValue((connection.Id, from), out MemoryStream? stream)) streams.Add((connection.Id, from), stream = new());
        return stream;
    }

    private void Hear(ReadOnlySpan<byte> bytes)
    {
        string text = Encoding.Latin1.GetString(bytes);
        HearText(text);
        foreach (Match foreign in ForeignWords().Matches(Encoding.UTF8.GetString(bytes))) AddForeign(foreign.Value);
        foreach (int start in (int[])[0, 1])
            foreach (Encoding wide in (Encoding[])[Encoding.Unicode, Encoding.BigEndianUnicode])
                foreach (Match foreign in WideForeignWords().Matches(wide.GetString(bytes[Math.Min(start, bytes.Length)..]))) AddForeign(foreign.Value);
        foreach (Match wide in WideWords().Matches(text)) HearText(wide.Value.Replace("\0", "", StringComparison.Ordinal));
        if (text.Contains('%', StringComparison.Ordinal)) HearText(Uri.UnescapeDataString(text));
        foreach (Match coded in Base64Words().Matches(text))
        {
            byte[] decoded = new byte[Base64.GetMaxDecodedFromUtf8Length(coded.Length)];
            Base64.DecodeFromUtf8(Encoding.ASCII.GetBytes(coded.Value), decoded, out _, out int written);
            string inside = Encoding.Latin1.GetString(decoded, 0, written);
            // What is no text was none before either.
            if (inside.All(character => character is >= ' ' and <= '~')) HearText(inside);
        }
    }

    private void HearText(string text)
    {
        foreach (Match word in LongWords().Matches(text)) Words.Add(word.Value.ToLowerInvariant());
        foreach (Match number in LongNumbers().Matches(text)) Numbers.Add(number.Value);
    }

    private void AddForeign(string word)
    {
        if (word.Any(letter => letter > '\x7f' && letter != '\ufffd')) Foreign.Add(word);
    }

    [GeneratedRegex("[A-Za-z]{6,}")]
    private static partial Regex LongWords();

    // Without lengths, times of certificates, and what an escape ends.
    [GeneratedRegex("(?<![0-9%]|[Ll]ength: ?0*)[0-9]{8,}(?![0-9Z])")]
    private static partial Regex LongNumbers();

    [GeneratedRegex(@"[a-zA-Z\u00c0-\u00ff]{5,}|[\u0410-\u044f]{4,}|[\u0391-\u03c9]{4,}|[\u4e00-\u9fff]{4,}|[\uac00-\ud7a3]{4,}")]
    private static partial Regex ForeignWords();

    // Of the alphabets that can be told from any bytes.
    [GeneratedRegex(@"[a-zA-Z\u00c0-\u00ff]{6,}|[\u0410-\u044f]{6,}|[\u0391-\u03c9]{6,}")]
    private static partial Regex WideForeignWords();

    // UTF-16 of either order.
    [GeneratedRegex("(?:[A-Za-z]\0){6,}|(?:\0[A-Za-z]){6,}")]
    private static partial Regex WideWords();

    [GeneratedRegex("[A-Za-z0-9+/]{12,}={0,2}")]
    private static partial Regex Base64Words();
}
