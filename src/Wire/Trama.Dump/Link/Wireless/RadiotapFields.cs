namespace Trama.Dump.Link.Wireless;

/// <summary>The fields of a radiotap header, one after the other, each aligned to its size.</summary>
/// <param name="header">The header; a field's alignment counts from its start.</param>
/// <param name="at">Where the first field is.</param>
internal ref struct RadiotapFields(PacketBytes header, int at)
{
    private const int Time = 0, FlagsField = 1, Rate = 2, Channel = 3, Hopping = 4, SignalPower = 5, NoisePower = 6;
    private const int LockQuality = 7, Attenuation = 8, AttenuationDecibels = 9, TransmitPower = 10, Antenna = 11, SignalDecibels = 12;
    private const int NoiseDecibels = 13, ReceiveFlags = 14, WideChannel = 18, Modulation = 19, Aggregate = 20, Modulations = 21;

    private readonly PacketBytes _header = header;
    private int _at = at;

    /// <summary>The flags of the frame, as far as they were passed.</summary>
    public int Flags { get; private set; }

    /// <summary>Prints a field by the number of its bit.</summary>
    /// <param name="d">The packet in progress.</param>
    /// <param name="bit">The number.</param>
    /// <param name="present">All bits of its word.</param>
    /// <returns>False when the header ends before the field does, or its size is not known.</returns>
    public bool TryPrint(Dissection d, int bit, uint present)
    {
        (int alignment, int size) = bit switch
        {
            Time => (8, 8),
            FlagsField or Rate or SignalPower or NoisePower or TransmitPower or Antenna or SignalDecibels or NoiseDecibels
                or AttenuationDecibels => (1, 1),
            LockQuality or Attenuation or ReceiveFlags => (2, 2),
            Channel => (2, 4),
            Hopping => (1, 2),
            WideChannel => (4, 8),
            Modulation => (1, 3),
            Aggregate => (4, 8),
            Modulations => (2, 12),
            _ => (1, 0),
        };
        if (size == 0)
        {
            d.Print($"[bit {bit}] ");
            return false;
        }

        int start = _at + alignment - 1 & -alignment;
        if (!_header.Has(start, size))
        {
            d.Truncated();
            return false;
        }

        _at = start + size;
        Print(d, bit, _header.From(start), present);
        return true;
    }

    private void Print(Dissection d, int bit, PacketBytes field, uint present)
    {
        switch (bit)
        {
            case Time:
                d.Print($"{(ulong)field.LittleU32(4) << 32 | field.LittleU32(0)}us tsft ");
                break;
            case FlagsField:
                Flags = field.U8(0);
                d.Print($"{Word(0x01, "cfp ")}{Word(0x02, "short preamble ")}{Word(0x04, "wep ")}{Word(0x08, "fragmented ")}");
                d.Print($"{Word(0x40, "bad-fcs ")}");
                break;
            case Rate:
                // Some devices put the number of a modulation there.
                int rate = field.U8(0);
                if (rate is >= 0x80 and <= 0x8f) d.Print($"MCS {rate & 0x7f} ");
                else d.Print($"{rate / 2}.{rate % 2 * 5} Mb/s ");
                break;
            case Channel:
                // The wide form says the same, and more.
                if ((present & 1 << WideChannel) != 0) break;
                RadiotapValues.PrintChannel(d, field.LittleU16(0), field.LittleU16(2), (present & 1 << Modulation) != 0);
                break;
            case WideChannel:
                RadiotapValues.PrintChannel(d, field.LittleU16(4), field.LittleU32(0), (present & 1 << Modulation) != 0);
                break;
            case Hopping:
                d.Print($"fhset {field.U8(0)} fhpat {field.U8(1)} ");
                break;
            case SignalPower:
                d.Print($"{(sbyte)field.U8(0)}dBm signal ");
                break;
            case NoisePower:
                d.Print($"{(sbyte)field.U8(0)}dBm noise ");
                break;
            case LockQuality:
                d.Print($"{field.LittleU16(0)} sq ");
                break;
            case Attenuation:
                d.Print($"{-field.LittleU16(0)} tx power ");
                break;
            case AttenuationDecibels:
                d.Print($"{-field.U8(0)}dB tx attenuation ");
                break;
            case TransmitPower:
                d.Print($"{(sbyte)field.U8(0)}dBm tx power ");
                break;
            case Antenna:
                d.Print($"antenna {field.U8(0)} ");
                break;
            case SignalDecibels:
                d.Print($"{field.U8(0)}dB signal ");
                break;
            case NoiseDecibels:
                d.Print($"{field.U8(0)}dB noise ");
                break;
            case Modulations:
                RadiotapValues.PrintModulations(d, field);
                break;
            case Modulation:
                RadiotapValues.PrintModulation(d, field.U8(0), field.U8(1), field.U8(2));
                break;
        }
    }

    private readonly string Word(int flag, string word) => (Flags & flag) != 0 ? word : "";
}
