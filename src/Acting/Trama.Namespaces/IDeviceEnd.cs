using Microsoft.Win32.SafeHandles;

namespace Trama.Namespaces;

/// <summary>
/// The far end of a device of a network: what its host sends is read here, and what is written here arrives at it. Whole IP packets, with
/// the checksums that would be on a wire.
/// </summary>
public interface IDeviceEnd : IDisposable
{
    /// <summary>The most bytes that a packet has.</summary>
    const int LargestPacket = 65536;

    /// <summary>The descriptor, to wait for it or to hand it on.</summary>
    SafeFileHandle Handle { get; }

    /// <summary>The largest packet that bulk is to come in, in bytes: larger ones pass, but fewer of them can wait.</summary>
    int BestPacket { get; }

    /// <summary>How many packets of the host's were lost here, so far as the device tells: there was no room for them.</summary>
    long Lost { get; }

    /// <summary>Takes a packet that the host sent.</summary>
    /// <returns>Its length; negative when there was none.</returns>
    int Read(Span<byte> packet);

    /// <summary>Gives the host a packet. Whether the device took it: one that is down does not.</summary>
    bool Write(ReadOnlySpan<byte> packet);
}
