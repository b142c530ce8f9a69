namespace Trama.Replay.Adapting;

/// <summary>The protocols of whose messages is put right what must differ; those of others are said as recorded.</summary>
public static class AdaptedProtocols
{
    /// <summary>Whether a protocol is one.</summary>
    /// <param name="protocol">Its name.</param>
    public static bool Include(string protocol) => Adaptations.Knows(protocol);
}
