using Trama.Diagnosis;

namespace Trama.Reports.Findings.Pages;

/// <summary>What is said of <see cref="FindingId.PortScan"/>.</summary>
internal static class PortScan
{
    public static FindingPage Page { get; } = new(FindingId.PortScan)
    {
        Label = ("port scan", "varredura de portas"),
        Text = static f => (f.Kind == FindingKind.Hosts
            ? f.Say("A client tried host after host", "Um cliente tentou host após host")
            : f.Say("A client tried port after port of a host", "Um cliente tentou porta após porta de um host"))
            + f.With(FactName.Count, ", #", ", #") + f.With(FactName.SumNs, " in #", " em #")
            + f.Say(" and said nothing anywhere: it looks for what is open.", " e não disse nada em nenhuma: procura o que está aberto."),
        Advice = static f => f.Say(
            "find out who it is, if you did not start it; what is refused or not answered here is no fault of the servers.",
            "descubra quem é, se não foi você; o que é recusado ou não respondido aqui não é falha dos servidores."),
        What = (
            """
            One host opens connections to port after port, or host after host, and sends no data where it is let in. It wants to
            know what is open.
            """,
            """
            Um host abre conexões para porta após porta, ou host após host, e não envia dados onde o deixam entrar. Quer saber o
            que está aberto.
            """),
        How = (
            """
            A closed port answers a SYN with RST, an open one with SYN-ACK, a filtered one not at all: three answers tell a
            scanner everything. A half-open scan sends SYNs that its own kernel knows nothing of, so that kernel resets what is
            accepted: those RSTs come from the scanner's host with another TTL than its SYNs, and no device on the path forged
            them.
            """,
            """
            Uma porta fechada responde a um SYN com RST, uma aberta com SYN-ACK, uma filtrada não responde: três respostas dizem
            tudo a quem varre. Uma varredura meio aberta envia SYNs que o próprio kernel não conhece, e por isso esse kernel
            reinicia o que é aceito: esses RSTs vêm do host que varre com um TTL diferente do dos SYNs, e nenhum dispositivo no
            caminho os forjou.
            """),
        Try = ["trama demo --fault port-scan", "for p in $(seq 6001 6040); do nc -z -w1 127.0.0.1 $p; done"],
        Cure = (
            """
            If it is yours (an inventory, a monitor), nothing. Else block the source or limit new connections per source in front
            of the hosts, and see that nothing listens that need not.
            """,
            """
            Se é seu (um inventário, um monitor), nada. Senão bloqueie a origem ou limite conexões novas por origem na frente dos
            hosts, e cuide que nada escute sem precisar.
            """),
        See = "RFC 9293 (3.10.7)",
        Lesson = new(
            ("A client tries port after port of the server and says nothing.",
                "Um cliente tenta porta após porta do servidor e não diz nada."),
            ("One SYN a port, each answered with RST, a few milliseconds apart.",
                "Um SYN por porta, cada um respondido com RST, a poucos milissegundos um do outro.")),
    };
}
