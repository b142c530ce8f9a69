using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Trama.Framing;
using Trama.Tracing;

namespace Trama.Testing.Snapshots;

/// <summary>A conversation without what differs from one run to the next: times, ports, packets.</summary>
internal static class SnapshotText
{
    // More of a content than a person reads is told by its digest.
    private const int MaxContent = 4096;

    // What has no name is told in its place where it is so short.
    private const int MaxUnnamed = 256;

    /// <summary>The messages of each connection, in order, and what they say.</summary>
    public static string Of(Traffic traffic)
    {
        var text = new StringBuilder();
        foreach (Connection connection in traffic.Connections)
        {
            text.Append(CultureInfo.InvariantCulture, $"connection {connection.Id}\n");
            foreach (Exchange exchange in connection.Exchanges)
                foreach (Message message in exchange.Messages) Add(text, exchange, message);
        }

        return text.ToString();
    }

    private static void Add(StringBuilder text, Exchange exchange, Message message)
    {
        ReadOnlySpan<byte> name = message == exchange.Request && !exchange.Operation.IsEmpty ? exchange.Operation.Span
            : message.Description.Span;
        ReadOnlySpan<byte> content = MessageContent.Of(message, name);
        if (name.IsEmpty && content.Length <= MaxUnnamed)
        {
            name = content;
            content = [];
        }

        text.Append(message.From == Side.Client ? "  > " : "  < ");
        if (!name.IsEmpty) text.Append(VisibleText.Of(name)).Append(' ');
        text.Append(CultureInfo.InvariantCulture, $"({message.Bytes} bytes{(message.IsComplete ? "" : ", cut")})\n");
        // Protocols leave passwords out of names; in what a client says beside its name there may be one.
        bool mayTell = message is { Body: not null } or { From: Side.Server } || name.IsEmpty;
        AddContent(text, content, mayTell ? MaxContent : 0);
    }

    private static void AddContent(StringBuilder text, ReadOnlySpan<byte> content, int shown)
    {
        bool isBinary = VisibleText.IsBinary(content);
        for (ReadOnlySpan<byte> rest = content[..Math.Min(content.Length, shown)]; !rest.IsEmpty;)
        {
            int lineEnd = rest.IndexOf((byte)'\n');
            int length = isBinary ? Math.Min(rest.Length, HexText.PerRow) : lineEnd < 0 ? rest.Length : lineEnd + 1;
            text.Append("    | ");
            if (isBinary) HexText.AppendRow(text, rest[..length]);
            else text.Append(VisibleText.Of(rest[..length]));
            text.Append('\n');
            rest = rest[length..];
        }

        if (content.Length > shown) text.Append(CultureInfo.InvariantCulture,
            $"    … {content.Length} bytes in all, of SHA-256 {Convert.ToHexStringLower(SHA256.HashData(content))}\n");
    }
}
