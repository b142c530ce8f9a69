using Trama.Diagnosis;

namespace Trama.Reports.Findings.Pages;

/// <summary>What is said of <see cref="FindingId.CorruptedChecksum"/>.</summary>
internal static class CorruptedChecksum
{
    public static FindingPage Page { get; } = new(FindingId.CorruptedChecksum)
    {
        Label = ("damaged segments", "segmentos danificados"),
        Text = static f => f.Say(
            $"Segments{f.OfSender} arrived damaged, with a wrong checksum",
            $"Segmentos{f.OfSender} chegaram danificados, com checksum errado") + f.Times + ".",
        Advice = static f => f.Say(
            "capture at other points until the checksums are right: the device behind that point is broken.",
            "capture em outros pontos até os checksums estarem certos: o dispositivo depois desse ponto está com defeito."),
        What = (
            """
            Segments arrived with a wrong TCP checksum. The receiver dropped them silently; they count as lost.
            """,
            """
            Segmentos chegaram com checksum TCP errado. O receptor os descartou em silêncio; contam como perdidos.
            """),
        How = (
            """
            Links have checks of their own, so what gets here was damaged inside a device: bad memory, a faulty NAT or tunnel.
            Captured at the sender, wrong checksums mean nothing: the network card fills them in after the capture (offload).
            Those are told apart and not reported.
            """,
            """
            Os enlaces têm verificações próprias, então o que chega aqui foi danificado dentro de um dispositivo: memória ruim,
            NAT ou túnel com defeito. Capturados no remetente, checksums errados não querem dizer nada: a placa de rede os
            preenche depois da captura (offload). Esses são reconhecidos e não relatados.
            """),
        Try = ["sudo tc qdisc add dev eth0 root netem corrupt 1%"],
        Cure = (
            """
            "nstat -az TcpInCsumErrors" counts them at the receiver. Move the capture along the path until they are right: the
            device behind that point is the broken one. Where some are caught, others may slip through 16 bits: protect data
            with TLS or a hash.
            """,
            """
            "nstat -az TcpInCsumErrors" os conta no receptor. Mova a captura pelo caminho até que estejam certos: o dispositivo
            depois desse ponto é o defeituoso. Onde alguns são pegos, outros podem passar pelos 16 bits: proteja os dados com
            TLS ou um hash.
            """),
        See = "RFC 9293 (3.1), RFC 1071",
        Lesson = null,
    };
}
