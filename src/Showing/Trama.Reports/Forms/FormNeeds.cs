using Trama.Tracing;

namespace Trama.Reports.Forms;

/// <summary>What forms need of a tracker, over what it keeps anyway.</summary>
internal static class FormNeeds
{
    /// <summary>The exchanges, with some bytes and packet numbers of their messages.</summary>
    public static TracingOptions WithExchanges(
        this TracingOptions others, int headBytes = FormBounds.HeadBytes, int packetNumbers = FormBounds.PacketNumbers)
    {
        return others.WithGroups() with
        {
            KeepWords = true,
            HeadBytes = Math.Max(others.HeadBytes, headBytes),
            MaxPacketNumbers = Math.Max(others.MaxPacketNumbers, packetNumbers),
        };
    }

    /// <summary>What the bodies of messages are, and their first bytes.</summary>
    public static TracingOptions WithBodies(this TracingOptions others) =>
        others with { Bodies = others.Bodies > BodyNeeds.Facts ? others.Bodies : BodyNeeds.Facts };

    /// <summary>The exchanges, and of what they say the group of their operation alone.</summary>
    public static TracingOptions WithGroups(this TracingOptions others) => others with { ExchangesOf = null };

    /// <summary>What is drawn: exchanges and segments, kept until the connection has ended.</summary>
    public static TracingOptions WithDrawings(this TracingOptions others) => others.WithExchanges() with
    {
        KeepExchanges = true,
        KeptExchanges = FormBounds.Exchanges,
        KeptSegments = Math.Max(others.KeptSegments, FormBounds.Segments),
    };
}
