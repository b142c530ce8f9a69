using Trama.Peers.Transports;
using Trama.Reports;
using Trama.Reports.Text;

namespace Trama.Cli.Logs;

/// <summary>The kernel's figures of a connection in one line.</summary>
internal static class TcpStatisticsText
{
    /// <summary>The figures, without a line end.</summary>
    public static string Of(TcpStatistics tcp, Language language)
    {
        string rtt = DecimalText.Of(tcp.RoundTrip.TotalMilliseconds, "0.###", language) + " ms ± "
            + DecimalText.Of(tcp.Variation.TotalMilliseconds, "0.###", language);
        return language.Pick(
            $"round trip {rtt}, {tcp.SegmentsOut} segments out and {tcp.SegmentsIn} in, {tcp.Retransmitted} retransmitted, segment size "
                + $"{tcp.SegmentSize}, congestion window {tcp.CongestionWindow} segments, peer's window {tcp.PeerWindow} bytes",
            $"ida e volta {rtt}, {tcp.SegmentsOut} segmentos enviados e {tcp.SegmentsIn} recebidos, {tcp.Retransmitted} retransmitidos, "
                + $"tamanho de segmento {tcp.SegmentSize}, janela de congestionamento {tcp.CongestionWindow} segmentos, janela do outro "
                + $"lado {tcp.PeerWindow} bytes");
    }
}
