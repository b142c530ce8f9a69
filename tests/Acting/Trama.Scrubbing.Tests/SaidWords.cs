using System.Buffers.Text;
using System.Text;
using System.Text.RegularExpressions;
using Trama.Captures;
using Trama.Packets.Decoding;
using Trama.Packets.Network;
using Trama.Scrubbing.Words;
using Trama.Tracing;
using Record = Trama.Packets.Record;

namespace Trama.Scrubbing.Tests;

/// <summary>
/// Every word of six letters or more that a capture says, as it stands there and decoded, and every address of its headers.
/// </summary>
internal sealed partial class SaidWords : ITraceSink
{
    private const int MostEdge = 2;

    private readonly Dictionary<(long, Side), MemoryStream> _streams = [];

    /// <summary>The words, in small letters, without those of protocols.</summary>
    public HashSet<string> Words { get; } = [];

    /// <summary>The addresses.</summary>
    public HashSet<string> Addresses { get; } = [];

    public static SaidWords Of(string path)
    {
        var said = new SaidWords();
        using CaptureFile file = CaptureFile.Open(path);
        var tracker = new ConnectionTracker(new TracingOptions { Bodies = BodyNeeds.Content }, said);
        while (file.TryRead(out Record record))
        {
            for (PacketWalk walk = PacketWalk.Of(record); walk.TryMoveOn();)
            {
                if (walk.Layer is not (Layer.Transport or Layer.Fragment)) continue;
                // The bytes of TCP's headers may spell the beginning of a word that its stream goes on with.
                if (walk.Protocol != IpProtocol.Tcp) said.Hear(walk.Bytes);
                said.Addresses.Add($"{walk.Source}");
                said.Addresses.Add($"{walk.Destination}");
            }

            tracker.Observe(record);
        }

        tracker.Complete();
        // What says that there is none, or that it is everybody's.
        said.Addresses.ExceptWith(["0.0.0.0", "255.255.255.255", "::"]);
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

    void ITraceSink.StreamBytes(Connection connection, Side from, long offset, ReadOnlySpan<byte> bytes, PacketStamp packet) =>
        Stream(connection, from).Write(bytes);

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
            if (_streams.Remove((connection.Id, side), out MemoryStream? stream)) Hear(stream.ToArray());
        }
    }

    private MemoryStream Stream(Connection connection, Side from)
    {
        if (!_streams.TryGetValue((connection.Id, from), out MemoryStream? stream)) _streams.Add((connection.Id, from), stream = new());
        return stream;
    }

    private void Hear(ReadOnlySpan<byte> bytes)
    {
        string text = Encoding.Latin1.GetString(bytes);
        HearText(text);
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
    }

    [GeneratedRegex("[A-Za-z]{6,}")]
    private static partial Regex LongWords();

    // UTF-16 of either order.
    [GeneratedRegex("(?:[A-Za-z]\0){6,}|(?:\0[A-Za-z]){6,}")]
    private static partial Regex WideWords();

    [GeneratedRegex("[A-Za-z0-9+/]{12,}={0,2}")]
    private static partial Regex Base64Words();
}
