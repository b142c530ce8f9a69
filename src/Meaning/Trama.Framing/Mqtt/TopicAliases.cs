namespace Trama.Framing.Mqtt;

/// <summary>The topics that numbers of one direction stand for (MQTT 5.0 section 3.3.2.3.4).</summary>
internal sealed class TopicAliases
{
    /// <summary>The most that are remembered; those beyond are unknown.</summary>
    public const int Limit = 1024;

    /// <summary>The most bytes of a topic.</summary>
    public const int MaxTopic = 512;

    private readonly Dictionary<ushort, byte[]> _topics = [];

    /// <summary>The topic of an alias, which a topic that is not empty gives to it; empty when nobody knows.</summary>
    public ReadOnlySpan<byte> Resolve(ushort alias, ReadOnlySpan<byte> topic)
    {
        if (alias == 0) return topic;
        if (topic.IsEmpty) return _topics.GetValueOrDefault(alias);
        if (_topics.Count < Limit || _topics.ContainsKey(alias)) _topics[alias] = topic[..Math.Min(topic.Length, MaxTopic)].ToArray();
        return topic;
    }

    /// <summary>Some may have been given another topic.</summary>
    public void Clear() => _topics.Clear();
}
