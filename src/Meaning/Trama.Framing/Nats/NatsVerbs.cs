namespace Trama.Framing.Nats;

/// <summary>What is known of verbs, of errors by their words, and of subjects by their names.</summary>
internal static class NatsVerbs
{
    /// <summary>A verb as it is written.</summary>
    public static ReadOnlySpan<byte> Name(NatsVerb verb) => verb switch
    {
        NatsVerb.Info => "INFO"u8,
        NatsVerb.Connect => "CONNECT"u8,
        NatsVerb.Pub => "PUB"u8,
        NatsVerb.HPub => "HPUB"u8,
        NatsVerb.Sub => "SUB"u8,
        NatsVerb.Unsub => "UNSUB"u8,
        NatsVerb.Msg => "MSG"u8,
        NatsVerb.HMsg => "HMSG"u8,
        NatsVerb.Ping => "PING"u8,
        NatsVerb.Pong => "PONG"u8,
        NatsVerb.Ok => "+OK"u8,
        NatsVerb.Err => "-ERR"u8,
        _ => default,
    };

    /// <summary>Whether an error is about what the client said last; others are told unasked.</summary>
    public static bool Answers(ReadOnlySpan<byte> error) =>
        Begins(error, "Permissions Violation"u8) || Begins(error, "Authorization Violation"u8) || Begins(error, "Invalid "u8)
        || Begins(error, "Unknown Protocol"u8) || Begins(error, "Maximum Payload"u8) || Begins(error, "Maximum Subscriptions"u8);

    /// <summary>Whether the server closes the connection after an error (NATS documentation, "+OK/ERR").</summary>
    public static bool EndsConnection(ReadOnlySpan<byte> error) =>
        !Begins(error, "Permissions Violation"u8) && !Begins(error, "Invalid "u8) && !Begins(error, "Maximum Subscriptions"u8);

    /// <summary>Whether a subject is one of those that clients and servers make up for answers.</summary>
    public static bool IsMadeUp(ReadOnlySpan<byte> subject) => subject.StartsWith("_INBOX."u8) || subject.StartsWith("$JS.ACK."u8);

    private static bool Begins(ReadOnlySpan<byte> text, ReadOnlySpan<byte> words) =>
        text.Length >= words.Length && System.Text.Ascii.EqualsIgnoreCase(text[..words.Length], words);
}
