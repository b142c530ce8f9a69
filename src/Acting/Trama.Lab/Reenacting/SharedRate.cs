using Trama.Lab.Paths;

namespace Trama.Lab.Reenacting;

/// <summary>A path that carries so many bits a second each way, and keeps whatever waits.</summary>
internal sealed class SharedRate(long bitsPerSecond) : IObstacle
{
    private const double BitNanoseconds = 8e9;

    private readonly long[] _freeAt = new long[2];

    /// <inheritdoc/>
    public Fate Meet(in Crossing crossing, Wire wire)
    {
        ref long freeAt = ref _freeAt[(int)crossing.Direction];
        freeAt = Math.Max(crossing.Now, freeAt) + (long)(crossing.Packet.Length * BitNanoseconds / bitsPerSecond);
        return Fate.Queue(freeAt - crossing.Now);
    }
}
