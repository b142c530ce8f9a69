using System.Runtime.InteropServices;

namespace Trama.Captures.Native;

/// <summary>
/// The functions of libpcap that are used, by their own names, with the C types beside where they do not show. See pcap(3).
/// </summary>
internal static unsafe partial class Libpcap
{
    /// <summary>The length of the buffers that take error texts.</summary>
    public const int ErrorLength = 256;

    /// <summary>The name under which <see cref="LibpcapLoader"/> finds the library.</summary>
    public const string Name = "pcap";

    [LibraryImport(Name, EntryPoint = "pcap_create", StringMarshalling = StringMarshalling.Utf8)]
    public static partial PcapHandle Create(string device, byte* error);

    [LibraryImport(Name, EntryPoint = "pcap_open_dead")]
    public static partial PcapHandle OpenDead(int dataLink, int snapLength);

    [LibraryImport(Name, EntryPoint = "pcap_open_offline", StringMarshalling = StringMarshalling.Utf8)]
    public static partial PcapHandle OpenOffline(string path, byte* error);

    [LibraryImport(Name, EntryPoint = "pcap_set_snaplen")]
    public static partial int SetSnapLength(PcapHandle handle, int bytes);

    [LibraryImport(Name, EntryPoint = "pcap_set_promisc")]
    public static partial int SetPromiscuous(PcapHandle handle, int on);

    [LibraryImport(Name, EntryPoint = "pcap_set_rfmon")]
    public static partial int SetMonitorMode(PcapHandle handle, int on);

    [LibraryImport(Name, EntryPoint = "pcap_set_timeout")]
    public static partial int SetTimeout(PcapHandle handle, int milliseconds);

    [LibraryImport(Name, EntryPoint = "pcap_set_immediate_mode")]
    public static partial int SetImmediateMode(PcapHandle handle, int on);

    [LibraryImport(Name, EntryPoint = "pcap_set_buffer_size")]
    public static partial int SetBufferSize(PcapHandle handle, int bytes);

    [LibraryImport(Name, EntryPoint = "pcap_set_tstamp_type")]
    public static partial int SetTimestampType(PcapHandle handle, int type);

    [LibraryImport(Name, EntryPoint = "pcap_set_tstamp_precision")]
    public static partial int SetTimestampPrecision(PcapHandle handle, int precision);

    [LibraryImport(Name, EntryPoint = "pcap_get_tstamp_precision")]
    public static partial int GetTimestampPrecision(PcapHandle handle);

    [LibraryImport(Name, EntryPoint = "pcap_activate")]
    public static partial int Activate(PcapHandle handle);

    [LibraryImport(Name, EntryPoint = "pcap_close")]
    public static partial void Close(nint handle);

    [LibraryImport(Name, EntryPoint = "pcap_geterr")]
    public static partial byte* GetError(PcapHandle handle);

    [LibraryImport(Name, EntryPoint = "pcap_statustostr")]
    public static partial byte* StatusText(int status);

    [LibraryImport(Name, EntryPoint = "pcap_snapshot")]
    public static partial int SnapLength(PcapHandle handle);

    [LibraryImport(Name, EntryPoint = "pcap_datalink")]
    public static partial int DataLink(PcapHandle handle);

    [LibraryImport(Name, EntryPoint = "pcap_set_datalink")]
    public static partial int SetDataLink(PcapHandle handle, int dataLink);

    [LibraryImport(Name, EntryPoint = "pcap_list_datalinks")]
    public static partial int ListDataLinks(PcapHandle handle, int** list);

    [LibraryImport(Name, EntryPoint = "pcap_free_datalinks")]
    public static partial void FreeDataLinks(int* list);

    [LibraryImport(Name, EntryPoint = "pcap_list_tstamp_types")]
    public static partial int ListTimestampTypes(PcapHandle handle, int** list);

    [LibraryImport(Name, EntryPoint = "pcap_free_tstamp_types")]
    public static partial void FreeTimestampTypes(int* list);

    [LibraryImport(Name, EntryPoint = "pcap_tstamp_type_name_to_val", StringMarshalling = StringMarshalling.Utf8)]
    public static partial int TimestampTypeByName(string name);

    [LibraryImport(Name, EntryPoint = "pcap_tstamp_type_val_to_name")]
    public static partial byte* TimestampTypeName(int type);

    [LibraryImport(Name, EntryPoint = "pcap_tstamp_type_val_to_description")]
    public static partial byte* TimestampTypeDescription(int type);

    [LibraryImport(Name, EntryPoint = "pcap_setdirection")]
    public static partial int SetDirection(PcapHandle handle, int direction);

    [LibraryImport(Name, EntryPoint = "pcap_dispatch")]
    public static partial int Dispatch(PcapHandle handle, int count, delegate* unmanaged<nint, PacketHeader*, byte*,
        void> callback, nint user);

    [LibraryImport(Name, EntryPoint = "pcap_setnonblock")]
    public static partial int SetNonblocking(PcapHandle handle, int nonblocking, byte* error);

    [LibraryImport(Name, EntryPoint = "pcap_breakloop")]
    public static partial void BreakLoop(PcapHandle handle);

    [LibraryImport(Name, EntryPoint = "pcap_stats")]
    public static partial int Statistics(PcapHandle handle, NativeStatistics* statistics);

    [LibraryImport(Name, EntryPoint = "pcap_compile", StringMarshalling = StringMarshalling.Utf8)]
    public static partial int Compile(PcapHandle handle, NativeProgram* program, string expression, int optimize, uint netmask);

    [LibraryImport(Name, EntryPoint = "pcap_freecode")]
    public static partial void FreeCode(NativeProgram* program);

    // Runs for less than a microsecond and waits for nothing, so the thread need not tell the collector that it is away.
    [LibraryImport(Name, EntryPoint = "pcap_offline_filter")]
    [SuppressGCTransition]
    public static partial int OfflineFilter(NativeProgram* program, PacketHeader* header, byte* packet);

    [LibraryImport(Name, EntryPoint = "pcap_setfilter")]
    public static partial int SetFilter(PcapHandle handle, NativeProgram* program);

    [LibraryImport(Name, EntryPoint = "pcap_lookupnet", StringMarshalling = StringMarshalling.Utf8)]
    public static partial int LookUpNet(string device, uint* net, uint* mask, byte* error);

    [LibraryImport(Name, EntryPoint = "pcap_findalldevs")]
    public static partial int FindAllDevices(NativeDevice** list, byte* error);

    [LibraryImport(Name, EntryPoint = "pcap_freealldevs")]
    public static partial void FreeAllDevices(NativeDevice* list);

    /// <summary>struct pcap_pkthdr on 64-bit systems.</summary>
    [StructLayout(LayoutKind.Sequential)]
    public struct PacketHeader
    {
        public long Seconds;
        public long Fraction;
        public uint Captured;
        public uint Original;
    }

    /// <summary>struct pcap_stat.</summary>
    [StructLayout(LayoutKind.Sequential)]
    public struct NativeStatistics
    {
        public uint Received;
        public uint Dropped;
        public uint DroppedByInterface;
    }

    /// <summary>struct bpf_program.</summary>
    [StructLayout(LayoutKind.Sequential)]
    public struct NativeProgram
    {
        public uint Length;
        public BpfInstruction* Instructions;
    }

    /// <summary>struct pcap_if.</summary>
    [StructLayout(LayoutKind.Sequential)]
    public struct NativeDevice
    {
        public NativeDevice* Next;
        public byte* Name;
        public byte* Description;
        public void* Addresses;
        public uint Flags;
    }
}
