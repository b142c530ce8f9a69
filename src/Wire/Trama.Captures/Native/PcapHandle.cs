using System.Runtime.InteropServices;

namespace Trama.Captures.Native;

/// <summary>An open capture of libpcap (pcap_t).</summary>
internal sealed class PcapHandle() : SafeHandle(0, ownsHandle: true)
{
    /// <inheritdoc/>
    public override bool IsInvalid => handle == 0;

    /// <summary>libpcap's text for the latest failure.</summary>
    public unsafe string ErrorText => NativeText.From(Libpcap.GetError(this));

    /// <inheritdoc/>
    protected override bool ReleaseHandle()
    {
        Libpcap.Close(handle);
        return true;
    }
}
