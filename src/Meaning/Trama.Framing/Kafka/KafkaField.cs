namespace Trama.Framing.Kafka;

/// <summary>One step of a layout.</summary>
/// <param name="Kind">How it is written.</param>
/// <param name="Meaning">What it says.</param>
/// <param name="Value">Of a fixed field its bytes; of an array the step behind it; of its end the first step of an element.</param>
internal readonly record struct KafkaField(KafkaFieldKind Kind, KafkaMeaning Meaning = KafkaMeaning.None, int Value = 0);
