namespace Trama.Framing.Commands;

/// <summary>What a command means for its reply.</summary>
internal enum CommandKind : byte
{
    /// <summary>Nothing special.</summary>
    Ordinary,

    /// <summary>A positive reply is followed by TLS in both directions.</summary>
    StartTls,

    /// <summary>In POP3, a positive reply goes on with lines up to a single dot.</summary>
    ReplyWithLines,
}
