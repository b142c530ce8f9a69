using System.Globalization;
using System.Text;
using Trama.Framing;
using Trama.Reports.Text;
using Trama.Tracing;
using Trama.View.Screen;

namespace Trama.View.Pages;

/// <summary>The bytes of a message in hexadecimal.</summary>
internal sealed class BytesPage(ViewContext context, Message message) : CapturePage(context)
{
    /// <inheritdoc/>
    public override string Name => "bytes";

    /// <inheritdoc/>
    public override string Keys => Context.Pick("j k scroll · PgUp PgDn · Home End · y copy · Esc out · ? keys",
        "j k rola · PgUp PgDn · Home End · y copia · Esc sai · ? teclas");

    /// <inheritdoc/>
    public override long Count => (message.Head.Length + HexText.PerRow - 1) / HexText.PerRow;

    /// <inheritdoc/>
    protected override IEnumerable<string> Head()
    {
        string kept = message.IsHeadCut
            ? Context.Pick($", the first {Context.Size(message.Head.Length)} of it", $", os primeiros {Context.Size(message.Head.Length)}")
            : "";
        yield return Context.Line().Add($" {Context.Size(message.Bytes)}{kept}", TextStyle.Dim).ToString();
    }

    /// <inheritdoc/>
    protected override void Row(long place, Line line)
    {
        int start = (int)place * HexText.PerRow;
        ReadOnlySpan<byte> row = message.Head.Span[start..Math.Min(message.Head.Length, start + HexText.PerRow)];
        var text = new StringBuilder();
        HexText.AppendRow(text, row);
        line.Add((message.Offset + start).ToString("x8", CultureInfo.InvariantCulture) + "  ", TextStyle.Dim)
            .Add(text.ToString(), message.From == Side.Client ? TextStyle.Client : TextStyle.Server);
    }
}
