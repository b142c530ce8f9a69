namespace Trama.Scrubbing.Content;

/// <summary>Scrubs a message of a binary protocol, frame by frame: what a length counts is read apart from what follows it.</summary>
internal sealed class FrameBodyScrubber(BinaryScrubber binary, DerScrubber ber)
{
    private const byte Zero = 0, Sequence = 0x30;

    /// <summary>Scrubs a message.</summary>
    public void Scrub(Span<byte> message, string? protocol, ScrubCare care)
    {
        if (protocol == "ldap" && message is [Sequence, ..])
        {
            ber.Scrub(message);
            return;
        }

        var shape = FrameShape.Of(protocol, message);
        while (!message.IsEmpty)
        {
            int length = shape.Measure(message), head = Math.Min(shape.Head, length);
            Span<byte> body = message[head..length];
            if (protocol == "postgresql" && message[0] is (byte)'E' or (byte)'N') ScrubFields(body, care);
            // Which kind of thing the name is of: a statement or a portal.
            else if (protocol == "postgresql" && message[0] is (byte)'D' or (byte)'C' && body is [(byte)'S' or (byte)'P', ..])
                binary.Scrub(body[1..], care);
            else binary.Scrub(body, care);
            message = message[length..];
        }
    }

    // A letter says what a text is, and a zero ends it (PostgreSQL, error and notice message fields).
    private void ScrubFields(Span<byte> fields, ScrubCare care)
    {
        while (fields.Length > 1)
        {
            int end = fields.IndexOf(Zero);
            if (end < 0) end = fields.Length;
            if (end > 1) binary.Scrub(fields[1..end], care);
            fields = fields[Math.Min(end + 1, fields.Length)..];
        }
    }
}
