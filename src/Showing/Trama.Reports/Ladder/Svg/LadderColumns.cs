using System.Globalization;

namespace Trama.Reports.Ladder.Svg;

/// <summary>
/// Where the columns of a ladder lie in its picture: times and packet numbers as wide as they have to be, then the lifelines.
/// </summary>
internal sealed class LadderColumns
{
    /// <summary>The width of a character, in pixels, of the widest of the fonts that the picture names.</summary>
    public const double CharacterWidth = 7.85;

    private const int Gap = 12;
    private const int LeastTime = 84;
    private const int LeastNumber = 124;
    private const int ToLifeline = 26;

    /// <summary>Makes room for the times of a clock and for packet numbers.</summary>
    /// <param name="clock">The clock.</param>
    /// <param name="lastPacket">The largest packet number.</param>
    /// <param name="between">From one lifeline to the other, in pixels.</param>
    public LadderColumns(LadderClock clock, long lastPacket, int between)
    {
        int number = Pixels(lastPacket.ToString(CultureInfo.InvariantCulture).Length);
        Time = Math.Max(LeastTime, Gap + Pixels(clock.Width));
        Number = Math.Max(LeastNumber, Time + Gap + number);
        Client = Number + ToLifeline;
        Server = Client + between;
        FarNumber = Server + ToLifeline + Math.Max(Pixels(1), number);
    }

    /// <summary>The right end of the times.</summary>
    public int Time { get; }

    /// <summary>The right end of the packet numbers.</summary>
    public int Number { get; }

    /// <summary>The client's lifeline.</summary>
    public int Client { get; }

    /// <summary>The server's lifeline.</summary>
    public int Server { get; }

    /// <summary>The right end of packet numbers beside the server's lifeline.</summary>
    public int FarNumber { get; }

    /// <summary>The middle between the lifelines.</summary>
    public int Middle => (Client + Server) / 2;

    /// <summary>The width of so many characters, in pixels.</summary>
    public static int Pixels(int characters) => (int)Math.Ceiling(characters * CharacterWidth);

    /// <summary>How many characters fit into so many pixels.</summary>
    public static int Characters(int pixels) => (int)(pixels / CharacterWidth);
}
