namespace Trama.Fleet.Sensing;

/// <summary>
/// What goes through the pipes between a sensor and its courier, the program that speaks with the broker: frames (<see
/// cref="Rows.Journals.Frame"/>) of which the first byte says what they are.
/// </summary>
public enum CourierFrame : byte
{
    /// <summary>To the courier: a message to be published; it follows as the spool has it.</summary>
    Message = (byte)'M',

    /// <summary>To the courier: a piece of an answer: the question's number (8 bytes), then the piece; an empty one ends it.</summary>
    Answer = (byte)'A',

    /// <summary>To the sensor: a store holds these: incarnation (8 bytes), partition (a byte), ranges in text.</summary>
    Stored = (byte)'S',

    /// <summary>To the sensor: the broker lost these, which are to be sent again: the same.</summary>
    Again = (byte)'R',

    /// <summary>To the sensor: a question: its number (8 bytes), then the question.</summary>
    Question = (byte)'Q',

    /// <summary>To the sensor: a line for its user; empty when all is well again.</summary>
    Trouble = (byte)'T',
}
