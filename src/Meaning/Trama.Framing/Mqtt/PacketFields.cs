using System.Buffers.Binary;

namespace Trama.Framing.Mqtt;

/// <summary>Reads the fields of a packet, one after another; of what is not there, nothing (MQTT 5.0 section 1.5).</summary>
/// <param name="bytes">What follows the fixed header, as far as it is known.</param>
internal ref struct PacketFields(ReadOnlySpan<byte> bytes)
{
    private const int TopicAlias = 0x23;

    /// <summary>What was not read yet.</summary>
    public ReadOnlySpan<byte> Rest { get; private set; } = bytes;

    /// <summary>Whether a field was cut, or is none.</summary>
    public bool IsBroken { get; private set; }

    /// <summary>A byte.</summary>
    public byte Byte() => Take(1) is [var value] ? value : (byte)0;

    /// <summary>A number of two bytes.</summary>
    public ushort Number() => Take(2) is { Length: 2 } bytes ? BinaryPrimitives.ReadUInt16BigEndian(bytes) : (ushort)0;

    /// <summary>Text with its length before it.</summary>
    public ReadOnlySpan<byte> Text() => Take(Number());

    /// <summary>The properties of version 5; tells the topic alias among them, 0 for none.</summary>
    public ushort Properties()
    {
        var properties = new PacketFields(Take(Variable()));
        ushort alias = 0;
        while (!properties.Rest.IsEmpty && !properties.IsBroken)
        {
            byte identifier = properties.Byte();
            if (identifier == TopicAlias) alias = properties.Number();
            else properties.PassValue(identifier);
        }

        IsBroken |= properties.IsBroken;
        return alias;
    }

    // The values of properties (MQTT 5.0 section 2.2.2.2).
    private void PassValue(byte identifier)
    {
        switch (identifier)
        {
            case 0x01 or 0x17 or 0x19 or 0x24 or 0x25 or 0x28 or 0x29 or 0x2a:
                Take(1);
                break;
            case 0x13 or 0x21 or 0x22:
                Take(2);
                break;
            case 0x02 or 0x11 or 0x18 or 0x27:
                Take(4);
                break;
            case 0x0b:
                Variable();
                break;
            case 0x03 or 0x08 or 0x09 or 0x12 or 0x15 or 0x16 or 0x1a or 0x1c or 0x1f:
                Text();
                break;
            case 0x26:
                Text();
                Text();
                break;
            default:
                IsBroken = true;
                break;
        }
    }

    private int Variable()
    {
        int value = 0;
        for (int shift = 0; shift < 28 && !IsBroken; shift += 7)
        {
            byte part = Byte();
            value |= (part & 0x7f) << shift;
            if (part < 0x80) return value;
        }

        IsBroken = true;
        return 0;
    }

    private ReadOnlySpan<byte> Take(int count)
    {
        IsBroken |= count > Rest.Length;
        if (IsBroken) return Rest = default;
        ReadOnlySpan<byte> taken = Rest[..count];
        Rest = Rest[count..];
        return taken;
    }
}
