using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using Trama.Framing;
using Trama.Framing.Bodies;
using Trama.Reports.Text;
using Trama.Tracing;

namespace Trama.Reports.Follow;

/// <summary>
/// Writes what the two sides of a connection said, in order: the time since the connection began and the packet number in
/// the margin, <c>&gt;</c> before what the client says and <c>&lt;</c> before what the server says. Missing bytes are named.
/// </summary>
public sealed class FollowText : ITraceSink
{
    private const int Margin = 20;

    // A line without an end is shown in pieces of this many bytes, so that no peer decides how much is held.
    private const int LongestLine = 4096;

    private readonly Utf8Buffer _out;
    private readonly TextOptions _options;
    private readonly long _connection;
    private readonly bool _hex;
    private readonly OpenLine[] _open = [new(), new()];
    private readonly long[] _offsets = new long[2];
    private long _stream;
    private Side? _speaker;
    private bool _isOwned;

    /// <summary>Makes a writer.</summary>
    /// <param name="output">Where the text goes.</param>
    /// <param name="options">Colours and language.</param>
    /// <param name="connection">The number of the connection to follow.</param>
    /// <param name="hex">Whether bytes are shown in hexadecimal, 16 a line, beside their ASCII characters; what is mostly
    /// no text is in any case.</param>
    public FollowText(Stream output, TextOptions options, long connection, bool hex)
    {
        _out = new Utf8Buffer(output);
        (_options, _connection, _hex) = (options, connection, hex);
    }

    /// <summary>Whether the connection was seen.</summary>
    public bool Found { get; private set; }

    /// <summary>How many bytes of both sides are missing.</summary>
    public long MissingBytes { get; private set; }

    /// <inheritdoc/>
    public void ConnectionOpened(Connection connection)
    {
        if (connection.Id != _connection) return;
        Found = true;
        Language language = _options.Language;
        Style(Ansi.Of(TextStyle.Dim));
        _out.Add(language.Pick("connection ", "conexão "));
        _out.Add(connection.Id);
        _out.Add(": > "u8);
        _out.Add(language.Pick("client ", "cliente "));
        _out.Add(connection.Client);
        _out.Add("  < "u8);
        _out.Add(language.Pick("server ", "servidor "));
        _out.Add(connection.Server);
        Style(Ansi.Plain);
        _out.EndLine();
    }

    // Above the first bytes, when the comments of the packets before them are read.
    private void Own(Connection connection)
    {
        if (_isOwned) return;
        _isOwned = true;
        if (ProcessText.OfBoth(connection) is not { } both) return;
        Style(Ansi.Of(TextStyle.Dim));
        _out.Add(both);
        Style(Ansi.Plain);
        _out.EndLine();
    }

    /// <inheritdoc/>
    public void StreamBytes(Connection connection, Side from, long offset, ReadOnlySpan<byte> bytes, PacketStamp packet)
    {
        if (connection.Id != _connection) return;
        Own(connection);
        OpenLine line = _open[(int)from];
        if (_speaker != from)
        {
            End(connection, from.Other());
            // What begins as no text is shown as none to its end.
            (_speaker, line.IsBinary) = (from, VisibleText.IsBinary(bytes));
        }

        if (_hex || line.IsBinary)
        {
            Hex(connection, from, offset, bytes, packet);
            return;
        }

        while (!bytes.IsEmpty)
        {
            if (line.Bytes.Count == 0) (line.Packet, line.Offset) = (packet, offset);
            int room = LongestLine - line.Bytes.Count;
            int end = bytes.IndexOf((byte)'\n');
            int taken = Math.Min(room, end < 0 ? bytes.Length : end + 1);
            line.Bytes.AddRange(bytes[..taken]);
            bool ended = bytes[taken - 1] == '\n';
            bytes = bytes[taken..];
            offset += taken;
            if (ended || line.Bytes.Count == LongestLine) End(connection, from);
        }
    }

    /// <inheritdoc/>
    public void ContentBytes(Connection connection, Side from, in ContentPiece piece, ReadOnlySpan<byte> bytes)
    {
        if (connection.Id != _connection) return;
        if (piece.Missing > 0) StreamGap(connection, from, 0, piece.Missing, GapReason.NotCaptured);
        if (piece.Obstacle != BodyObstacle.None) Undecoded(connection, from, piece.Obstacle);
        if (bytes.IsEmpty) return;
        Own(connection);
        if (piece.Stream != _stream || piece.Kind == ContentKind.Words) End(connection, from);
        if (piece.Stream != _stream) BeginStream(connection, piece.Stream);
        ref long offset = ref _offsets[(int)from];
        if (piece.Kind == ContentKind.Words) Words(connection, from, piece.Packet, bytes);
        // What comes after words is another body than what came before them.
        if (piece.Kind == ContentKind.Words) _speaker = null;
        else StreamBytes(connection, from, offset, bytes, piece.Packet);
        offset += bytes.Length;
    }

    /// <inheritdoc/>
    public void StreamGap(Connection connection, Side from, long offset, long length, GapReason reason)
    {
        if (connection.Id != _connection) return;
        MissingBytes += length;
        End(connection, Side.Client);
        End(connection, Side.Server);
        _out.Spaces(Margin);
        Style(Ansi.Of(TextStyle.Error));
        _out.Add(Mark(from));
        _out.Add(GapWords.Of(length, reason, _options.Language));
        Style(Ansi.Plain);
        _out.EndLine();
    }

    /// <inheritdoc/>
    public void ConnectionEnded(Connection connection)
    {
        if (connection.Id != _connection) return;
        End(connection, Side.Client);
        End(connection, Side.Server);
        _out.Spaces(Margin + 2);
        Style(Ansi.Of(TextStyle.Dim));
        _out.Add(new Ladder.LadderWords(_options.Language, _options.Ascii).End(connection));
        Style(Ansi.Plain);
        _out.EndLine();
    }

    // What is said of one stream of HTTP/2 may stand between two parts of another.
    private void BeginStream(Connection connection, long stream)
    {
        End(connection, Side.Client);
        End(connection, Side.Server);
        _stream = stream;
        _out.Spaces(Margin);
        Style(Ansi.Of(TextStyle.Dim));
        _out.Add(_options.Language.Pick("stream ", "fluxo "));
        _out.Add(stream);
        Style(Ansi.Plain);
        _out.EndLine();
    }

    private void Words(Connection connection, Side from, PacketStamp packet, ReadOnlySpan<byte> words)
    {
        End(connection, from.Other());
        OpenLine line = _open[(int)from];
        line.Packet = packet;
        line.Bytes.AddRange(words);
        End(connection, from);
    }

    private void Undecoded(Connection connection, Side from, BodyObstacle obstacle)
    {
        End(connection, Side.Client);
        End(connection, Side.Server);
        _out.Spaces(Margin);
        Style(Ansi.Of(TextStyle.Error));
        _out.Add(Mark(from));
        Language language = _options.Language;
        _out.Add($"[{language.Pick("body not decoded: ", "corpo não decodificado: ")}{ObstacleWords.Of(obstacle, language)}]");
        Style(Ansi.Plain);
        _out.EndLine();
    }

    /// <summary>Passes on what is written.</summary>
    public void Flush() => _out.Flush();

    // Ends the line in progress of one side. Its LF or CR LF ends the line here too; other control characters are spelled out.
    private void End(Connection connection, Side from)
    {
        OpenLine line = _open[(int)from];
        if (line.Bytes.Count == 0) return;
        ReadOnlySpan<byte> bytes = CollectionsMarshal.AsSpan(line.Bytes);
        if (VisibleText.IsBinary(bytes))
        {
            Hex(connection, from, line.Offset, bytes, line.Packet);
            line.Bytes.Clear();
            return;
        }

        if (bytes[^1] == '\n') bytes = bytes[..^1];
        if (!bytes.IsEmpty && bytes[^1] == '\r') bytes = bytes[..^1];
        Begin(connection, from, line.Packet);
        var text = new StringBuilder();
        // A tab does no harm on a line, and much of what is said is laid out with it.
        foreach (Range part in bytes.Split((byte)'\t'))
        {
            if (part.Start.Value > 0) text.Append('\t');
            VisibleText.Append(text, bytes[part]);
        }

        _out.Add(_options.Ascii ? TextWidth.ToAscii(text.ToString()) : text.ToString());
        Style(Ansi.Plain);
        _out.EndLine();
        line.Bytes.Clear();
    }

    private void Hex(Connection connection, Side from, long offset, ReadOnlySpan<byte> bytes, PacketStamp packet)
    {
        while (!bytes.IsEmpty)
        {
            ReadOnlySpan<byte> row = bytes[..Math.Min(HexText.PerRow, bytes.Length)];
            Begin(connection, from, packet);
            var text = new StringBuilder().Append(CultureInfo.InvariantCulture, $"{offset:x8}  ");
            HexText.AppendRow(text, row);
            _out.Add(text.ToString());
            Style(Ansi.Plain);
            _out.EndLine();
            bytes = bytes[row.Length..];
            offset += row.Length;
        }
    }

    // The margin: time since the connection began, packet number, whose words.
    private void Begin(Connection connection, Side from, PacketStamp packet)
    {
        Style(Ansi.Of(TextStyle.Dim));
        string time = DecimalText.Of((packet.At - connection.OpenedAt) / 1e9, "0.000000", _options.Language);
        _out.Spaces(12 - time.Length);
        _out.Add(time);
        _out.Add(packet.Number, Margin - 13);
        _out.Add(" "u8);
        Style(Ansi.Plain);
        Style(from == Side.Client ? Ansi.Of(TextStyle.Client) : Ansi.Of(TextStyle.Server));
        _out.Add(Mark(from));
    }

    private static ReadOnlySpan<byte> Mark(Side from) => from == Side.Client ? "> "u8 : "< "u8;

    private void Style(ReadOnlySpan<byte> code)
    {
        if (_options.Colour) _out.Add(code);
    }

    private sealed class OpenLine
    {
        public List<byte> Bytes { get; } = [];

        public long Offset { get; set; }

        public bool IsBinary { get; set; }

        public PacketStamp Packet { get; set; }
    }
}
