namespace Trama.Framing.Amqp;

/// <summary>Whether the server confirms what is published on a channel.</summary>
internal enum AmqpConfirms : byte
{
    /// <summary>What was agreed upon was not seen.</summary>
    Unknown,

    /// <summary>It does not.</summary>
    Off,

    /// <summary>It does, by the number of the message on the channel.</summary>
    On,
}
