namespace Trama.Dump.Link.Wireless;

/// <summary>What is shown of the elements of a management frame (IEEE 802.11 section 9.4.2): of each kind the first one.</summary>
internal ref struct Elements
{
    private const int HeaderLength = 2, MostName = 32, MostRates = 16, MostChallenge = 253;
    private const int NameNumber = 0, RatesNumber = 1, ChannelNumber = 3, ChallengeNumber = 16;
    private const byte IsBasic = 0x80;

    private ReadOnlySpan<byte> Name { get; set; }

    private bool HasName { get; set; }

    private ReadOnlySpan<byte> Rates { get; set; }

    /// <summary>The channel; absent where no element tells it.</summary>
    public int? Channel { get; private set; }

    /// <summary>Reads elements.</summary>
    /// <returns>False when they end too early, or one is longer than its kind may be; what came before is there.</returns>
    public static bool TryRead(PacketBytes bytes, int length, out Elements elements)
    {
        elements = default;
        for (int at = 0; at < length;)
        {
            if (length - at < HeaderLength || !bytes.Has(at, HeaderLength)) return false;
            int number = bytes.U8(at), size = bytes.U8(at + 1);
            at += HeaderLength;
            int most = MostOf(number);
            if (size > most || size > length - at || !bytes.Has(at, size)) return false;
            ReadOnlySpan<byte> value = bytes.Captured.Slice(at, size);
            at += size;
            elements.Take(number, value);
        }

        return true;
    }

    /// <summary>Prints the network's name.</summary>
    public readonly void PrintName(Dissection d)
    {
        if (!HasName) return;
        d.Print($" (");
        d.Output.AppendPrintable(Name);
        d.Print($")");
    }

    /// <summary>Prints the rates, in units of half a megabit a second on the wire.</summary>
    public readonly void PrintRates(Dissection d)
    {
        if (Rates.IsEmpty) return;
        for (int i = 0; i < Rates.Length; i++)
        {
            int rate = Rates[i] & ~IsBasic;
            d.Print($" {(i == 0 ? "[" : "")}{rate / 2}.{rate % 2 * 5}{((Rates[i] & IsBasic) != 0 ? "*" : "")}");
        }

        d.Print($" Mbit]");
    }

    private static int MostOf(int number) => number switch
    {
        NameNumber => MostName,
        RatesNumber => MostRates,
        ChallengeNumber => MostChallenge,
        _ => byte.MaxValue,
    };

    private void Take(int number, ReadOnlySpan<byte> value)
    {
        switch (number)
        {
            case NameNumber when !HasName:
                HasName = true;
                Name = value;
                break;
            case RatesNumber when Rates.IsEmpty:
                Rates = value;
                break;
            case ChannelNumber when value.Length == 1 && Channel is null:
                Channel = value[0];
                break;
        }
    }
}
