using Trama.Diagnosis;
using Trama.Reports.Findings.Words;

namespace Trama.Reports.Findings.Pages;

/// <summary>What is said of <see cref="FindingId.RateLimited"/>.</summary>
internal static class RateLimited
{
    public static FindingPage Page { get; } = new(FindingId.RateLimited)
    {
        Label = ("limited rate on the path", "taxa limitada no caminho"),
        Text = static f => f.Say("A bottleneck on the path limits the rate", "Um gargalo no caminho limita a taxa")
            + f.With(FactName.Rate, " to #", " a #") + Bottleneck(f) + ".",
        Advice = static f => f.Say(
            "is it the rate of the line? Else look for a shaper or policer on the path.",
            "é a taxa da linha? Senão procure um shaper ou policer no caminho."),
        What = (
            """
            Somewhere on the path a bottleneck limits the rate: a link, a shaper that queues what is too much, or a policer that
            drops it.
            """,
            """
            Em algum ponto do caminho um gargalo limita a taxa: um enlace, um shaper que enfileira o excesso, ou um policer que
            o descarta.
            """),
        How = (
            """
            Whatever the sender tries, the bytes arrive at the same rate. In front of a shaper a queue builds up and the round
            trip grows with it, from milliseconds to seconds; when the queue is full its end is dropped. A policer has no queue:
            the round trip stays short, and losses come in bursts whenever the rate is passed.
            """,
            """
            Tente o remetente o que tentar, os bytes chegam na mesma taxa. Na frente de um shaper forma-se uma fila e a ida e
            volta cresce com ela, de milissegundos a segundos; com a fila cheia, o fim dela é descartado. Um policer não tem
            fila: a ida e volta continua curta, e as perdas vêm em rajadas sempre que a taxa é passada.
            """),
        Try = ["trama demo --fault rate-limited", "sudo tc qdisc add dev eth0 root tbf rate 1mbit burst 15k latency 400ms"],
        Cure = (
            """
            Is it the rate you pay for? Then send less, compress, or buy more. Against the long queue: fq_codel or cake at the
            bottleneck. Against a policer: ask for a larger burst, or shape a little below the limit at the sender
            (SO_MAX_PACING_RATE, tc fq maxrate), so that nothing is dropped.
            """,
            """
            É a taxa que você contratou? Então envie menos, comprima, ou contrate mais. Contra a fila longa: fq_codel ou cake no
            gargalo. Contra um policer: peça uma rajada maior, ou limite no remetente um pouco abaixo (SO_MAX_PACING_RATE, tc fq
            maxrate), para que nada seja descartado.
            """),
        Remedy = Remedy.NoLimit,
        See = "RFC 7567, RFC 8290, RFC 2698",
        Lesson = new(
            ("A slow link with a long queue is on the path.",
                "Há no caminho um enlace lento com uma fila longa."),
            ("The data arrive at an even pace, and the round trip grows from segment to segment.",
                "Os dados chegam em ritmo constante, e o tempo de ida e volta cresce a cada segmento.")),
    };

    private static string Bottleneck(FindingFacts f) => f.Kind switch
    {
        FindingKind.Shaper => f.Say(" and queues what is too much", " e enfileira o excesso"),
        FindingKind.DropTail => f.Say(" with a queue that overflows", " com uma fila que transborda"),
        FindingKind.Policer => f.Say(" by dropping what is too much", " descartando o excesso"),
        _ => "",
    } + f.With(FactName.QueueNs, "; waiting there adds up to #", "; a espera ali soma até #")
      + f.Counted(
          FactName.Count,
          ("; # segment was lost", "; # segments were lost"),
          ("; # segmento se perdeu", "; # segmentos se perderam"));
}
