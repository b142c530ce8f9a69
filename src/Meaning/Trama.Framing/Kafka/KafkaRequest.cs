namespace Trama.Framing.Kafka;

/// <summary>What must be known of a request to read its reply.</summary>
/// <param name="Api">Which request it is.</param>
/// <param name="Version">In which version.</param>
/// <param name="MayWait">Whether the broker may keep it waiting.</param>
internal readonly record struct KafkaRequest(KafkaApi Api, short Version, bool MayWait);
