using System.Globalization;
using System.Text;
using Trama.Framing;
using Trama.Tracing;

namespace Trama.Testing.Snapshots;

/// <summary>A conversation without what differs from one run to the next: times, ports, packets.</summary>
internal static class SnapshotText
{
    /// <summary>The messages of each connection, in order.</summary>
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
        ReadOnlyMemory<byte> words = message == exchange.Request && !exchange.Operation.IsEmpty ? exchange.Operation
            : !message.Description.IsEmpty ? message.Description : message.Head;
        text.Append(CultureInfo.InvariantCulture, $"  {(message.From == Side.Client ? ">" : "<")} {VisibleText.Of(words.Span)}");
        text.Append(CultureInfo.InvariantCulture, $" ({message.Bytes} bytes{(message.IsComplete ? "" : ", cut")})\n");
    }
}
