using Trama.Tracing;

namespace Trama.Reports.Text;

/// <summary>Says in a sentence what the real path of a connection was like.</summary>
public static class PathText
{
    /// <summary>The sentence; null when there is no such path, or nothing is known of it.</summary>
    public static string? Of(Connection connection, Language language)
    {
        ArgumentNullException.ThrowIfNull(connection);
        if (connection.Path is not { } path) return null;
        string roundTrip = DurationText.Of(path.RoundTripNs, language), least = DurationText.Of(path.LeastRoundTripNs, language);
        string sent = CountWords.Segments(path.Segments, language);
        return language.Pick(
            $"The real path, by the kernel's count: round trip {roundTrip}, at least {least}; {sent} with data sent, "
                + $"{path.Retransmissions} sent again; {path.OutOfOrder} came out of order.",
            $"O caminho real, pela contagem do kernel: ida e volta {roundTrip}, no mínimo {least}; {sent} com dados de envio, "
                + $"{path.Retransmissions} de reenvio; {path.OutOfOrder} fora de ordem na chegada.");
    }
}
