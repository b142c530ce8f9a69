using Trama.Diagnosis;
using Trama.Tracing;

namespace Trama.View.Pages;

/// <summary>Parties, confidences and states in one word each.</summary>
internal static class PartyWords
{
    /// <summary>A party.</summary>
    public static string Of(Party party, ViewContext context) => party switch
    {
        Party.Client => context.Pick("client", "cliente"),
        Party.Network => context.Pick("network", "rede"),
        Party.Server => context.Pick("server", "servidor"),
        Party.None => context.Pick("nobody", "ninguém"),
        _ => "?",
    };

    /// <summary>A confidence.</summary>
    public static string Of(Confidence confidence, ViewContext context) => confidence switch
    {
        Confidence.Certain => context.Pick("certain", "certo"),
        Confidence.Likely => context.Pick("likely", "provável"),
        _ => context.Pick("possible", "possível"),
    };

    /// <summary>What became of a connection.</summary>
    public static string Of(ConnectionState state, ViewContext context) => state switch
    {
        ConnectionState.Open => context.Pick("open", "aberta"),
        ConnectionState.Closed => context.Pick("closed", "fechada"),
        ConnectionState.Reset => context.Pick("reset", "reset"),
        ConnectionState.Refused => context.Pick("refused", "recusada"),
        ConnectionState.Unanswered => context.Pick("silent", "muda"),
        _ => context.Pick("part", "parte"),
    };
}
