using Trama.Packets.Transport;

namespace Trama.Lab.Paths;

/// <summary>What a tally keeps of a segment.</summary>
internal readonly record struct Seen(int ServerPort, TcpFlags Flags, long Offset, int Length, ushort Window, bool Again, long At)
{
    /// <summary>Of a segment that sets out.</summary>
    public static Seen Of(in Crossing crossing) =>
        new(crossing.ServerPort, crossing.Flags, crossing.Offset, crossing.Length, crossing.Window, crossing.Again, crossing.Now);
}
