using System.Text;
using Trama.Framing;
using Trama.Reports.Browsing;
using Trama.Reports.Ladder;
using Trama.Reports.Text;
using Trama.Tracing;

namespace Trama.View.Pages;

/// <summary>The messages of an exchange, as text where they are text, and where its time went.</summary>
internal sealed class MessagePage(ViewContext context, ConnectionDetail detail, Exchange exchange, Side from) : EntriesPage(context)
{
    private const int MostLines = 20_000, BarColumns = 24;

    private Side? _side;

    /// <inheritdoc/>
    public override string Name => Context.Pick($"exchange {exchange.Index}", $"troca {exchange.Index}");

    /// <inheritdoc/>
    public override string Keys => Context.Pick("Enter bytes · c side · j k scroll · s save · y copy · Esc out · ? keys",
        "Enter bytes · c lado · j k rola · s salva · y copia · Esc sai · ? teclas");

    /// <inheritdoc/>
    public override long? Connection => detail.Connection.Id;

    /// <inheritdoc/>
    public override string? Order => _side is { } side ? new LadderWords(Context.Text.Language).Name(side) : null;

    /// <inheritdoc/>
    public override Page? Enter() =>
        (exchange.Messages.FirstOrDefault(message => message.From == (_side ?? from)) ?? exchange.Messages.FirstOrDefault())
            is { } message ? new BytesPage(Context, message) : null;

    /// <inheritdoc/>
    public override void NextSide()
    {
        _side = _side switch { null => Side.Client, Side.Client => Side.Server, _ => null };
        Refresh();
    }

    /// <inheritdoc/>
    protected override IEnumerable<Entry> Entries()
    {
        yield return Times();
        foreach (Message message in exchange.Messages.Where(message => _side is null || message.From == _side))
        {
            yield return Text("");
            foreach (Entry line in Shown(message)) yield return line;
        }
    }

    // The parts of the time to scale, the network's estimated one apart.
    private Entry Times()
    {
        (string Name, long? Ns, TextStyle Style)[] parts =
        [
            (Context.Pick("request", "pedido"), exchange.RequestTransferNs, TextStyle.Client),
            (Context.Pick("network", "rede"), exchange.NetworkNs, TextStyle.Dim),
            (Context.Pick("server", "servidor"), exchange.ServerNs, TextStyle.Server),
            (Context.Pick("reply", "resposta"), exchange.ReplyTransferNs, TextStyle.Server),
        ];
        long whole = Math.Max(1, parts.Sum(part => part.Ns ?? 0));
        string bars = Context.Text.Ascii ? "=~#=" : "━┈█━";
        return new Entry(line =>
        {
            line.Add(" ");
            for (int i = 0; i < parts.Length; i++)
            {
                int columns = (int)Math.Round((double)(parts[i].Ns ?? 0) / whole * BarColumns);
                line.Add(new string(bars[i], columns), parts[i].Style);
            }

            line.Add("  ");
            foreach ((string name, long? ns, TextStyle style) in parts)
                if (ns is { } known) line.Add($"{name} ", TextStyle.Dim).Add(Context.Duration(known) + "  ", style);
        });
    }

    private IEnumerable<Entry> Shown(Message message)
    {
        TextStyle style = message.From == Side.Client ? TextStyle.Client : TextStyle.Server;
        (string title, string size, _) = new LadderWords(Context.Text.Language, Context.Text.Ascii).Message(exchange, message);
        string packets = message.Packets is [var first, .., var last] ? Context.Pick($"packets {first}–{last}", $"pacotes {first}–{last}")
            : Context.Pick("packet ", "pacote ") + string.Join(' ', message.Packets);
        yield return new Entry(line => line.Add($" {title}", style == TextStyle.Client ? TextStyle.ClientBold : TextStyle.ServerBold)
            .Add($"  {size}  ").Add(packets, TextStyle.Dim));
        if (message.MissingBytes > 0)
        {
            string missing = Context.Size(message.MissingBytes);
            yield return Text(Context.Pick($" {missing} of it are not in the capture", $" {missing} dela não estão na captura"),
                TextStyle.Error);
        }

        ReadOnlyMemory<byte> body = message.Body is null ? message.Head : message.BodyHead;
        if (message.Body is not null && HeadLength(message) is > 0 and int length)
        {
            foreach (Entry line in Lines(message.Head[..length], TextStyle.Plain)) yield return line;
        }

        foreach (Entry line in Lines(body, style)) yield return line;
        bool isCut = message.Body is null ? message.IsHeadCut : message.IsBodyHeadCut;
        if (isCut) yield return Text(Context.Pick(" and more, which is not kept", " e mais, que não é guardado"), TextStyle.Dim);
    }

    // The lines before the body, where a message has such.
    private static int HeadLength(Message message)
    {
        int end = message.Head.Span.IndexOf("\r\n\r\n"u8);
        return end < 0 ? 0 : end + 4;
    }

    private IEnumerable<Entry> Lines(ReadOnlyMemory<byte> bytes, TextStyle style)
    {
        bool isBinary = VisibleText.IsBinary(bytes.Span);
        for (int line = 0; !bytes.IsEmpty && line < MostLines; line++)
        {
            int end = isBinary ? -1 : bytes.Span.IndexOf((byte)'\n');
            ReadOnlyMemory<byte> row = isBinary ? bytes[..Math.Min(HexText.PerRow, bytes.Length)] : end < 0 ? bytes : bytes[..end];
            bytes = bytes[(isBinary || end < 0 ? row.Length : end + 1)..];
            foreach (string piece in isBinary ? [Hex(row.Span)] : Pieces(row.Span)) yield return Text(" " + piece, style);
        }
    }

    // A line in as many as it needs.
    private List<string> Pieces(ReadOnlySpan<byte> line)
    {
        const int longest = 1 << 16;
        if (line is [.., (byte)'\r']) line = line[..^1];
        string rest = VisibleText.Of(line[..Math.Min(longest, line.Length)]).Replace("\\t", "    ", StringComparison.Ordinal);
        var pieces = new List<string>();
        while (TextWidth.Of(rest) > Context.Width - 2)
        {
            string piece = TextWidth.Fit(rest, Context.Width - 2, "");
            // All of it was space.
            if (piece.Length == 0) break;
            pieces.Add(piece);
            rest = rest[piece.Length..];
        }

        pieces.Add(rest);
        return pieces;
    }

    private static string Hex(ReadOnlySpan<byte> row)
    {
        var text = new StringBuilder();
        HexText.AppendRow(text, row);
        return text.ToString();
    }
}
