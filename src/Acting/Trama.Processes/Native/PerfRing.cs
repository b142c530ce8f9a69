using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Trama.Processes.Native;

/// <summary>
/// What one processor tells of a trace point (perf_event_open(2)): a ring of memory that the kernel writes and this process reads.
/// </summary>
internal sealed unsafe class PerfRing : IDisposable
{
    private const uint TracePointType = 2;
    private const uint AttributeLength = 112;
    private const ulong ProcessTimeAndRaw = 1 << 1 | 1 << 2 | 1 << 10;

    // Names of processes and their beginnings are told too, each with its time.
    private const ulong WithNamesTimesAndClock = 1 << 9 | 1 << 13 | 1 << 18 | 1 << 25;
    private const ulong CloseOnExec = 8;
    private const nuint SetFilter = 0x40082406;
    private const uint LostRecord = 2, NameRecord = 3, BirthRecord = 7, SampleRecord = 9;
    private const int FieldsAt = 20;

    // At the end of what is no sample: process, thread, time.
    private const int TrailerLength = 16;
    private const int RecordHeader = 8;
    private const int Pages = 32;
    private const int HeadAt = 1024, TailAt = 1032;

    private readonly SafeFileHandle _handle;
    private readonly byte* _memory;
    private readonly int _page = Environment.SystemPageSize;
    private readonly byte[] _record = new byte[1024];

    private PerfRing(SafeFileHandle handle, byte* memory)
    {
        _handle = handle;
        _memory = memory;
    }

    /// <summary>Takes what a sample holds.</summary>
    /// <param name="process">The process in which it happened, if it happened in one.</param>
    /// <param name="at">When, as <see cref="MonotonicClock"/> counts.</param>
    /// <param name="raw">The fields of the trace point.</param>
    public delegate void SampleHandler(int process, long at, ReadOnlySpan<byte> raw);

    /// <summary>Takes what is said of the name of a process.</summary>
    /// <param name="process">The process.</param>
    /// <param name="parent">The process that made it just now; 0 when it was there before.</param>
    /// <param name="at">When, as <see cref="MonotonicClock"/> counts.</param>
    /// <param name="name">Its new name; empty for its parent's.</param>
    public delegate void NameHandler(int process, int parent, long at, ReadOnlySpan<byte> name);

    /// <summary>The descriptor to wait on.</summary>
    public int Descriptor => (int)_handle.DangerousGetHandle();

    /// <summary>Opens one; null when it is not allowed or not there.</summary>
    /// <param name="tracePoint">The number of the trace point.</param>
    /// <param name="processor">The processor.</param>
    /// <param name="filter">What it is to tell of, in the words of tracing filters.</param>
    public static PerfRing? Open(int tracePoint, int processor, string filter)
    {
        int? call = RuntimeInformation.ProcessArchitecture switch { Architecture.X64 => 298, Architecture.Arm64 => 241, _ => null };
        if (call is not { } number) return null;
        byte* attributes = stackalloc byte[(int)AttributeLength];
        new Span<byte>(attributes, (int)AttributeLength).Clear();
        ((uint*)attributes)[0] = TracePointType;
        ((uint*)attributes)[1] = AttributeLength;
        ((ulong*)attributes)[1] = (ulong)tracePoint;
        ((ulong*)attributes)[2] = 1; // every one
        ((ulong*)attributes)[3] = ProcessTimeAndRaw;
        ((ulong*)attributes)[5] = WithNamesTimesAndClock;
        ((int*)attributes)[23] = MonotonicClock.Number;
        ((uint*)attributes)[12] = 1; // wake for every one
        int descriptor = (int)Libc.OpenPerfEvent(number, attributes, -1, processor, -1, (nuint)CloseOnExec);
        if (descriptor < 0) return null;
        var handle = new SafeFileHandle(descriptor, ownsHandle: true);
        nuint length = (nuint)((Pages + 1) * Environment.SystemPageSize);
        byte* memory = (byte*)Libc.MapMemory(0, length, 3, 1, descriptor, 0);
        if (memory != (byte*)-1 && Libc.ControlText(descriptor, SetFilter, filter) == 0) return new PerfRing(handle, memory);
        if (memory != (byte*)-1) _ = Libc.UnmapMemory((nint)memory, length);
        handle.Dispose();
        return null;
    }

    /// <summary>Takes all samples that are there. False when some are missing: they came too fast.</summary>
    public bool Drain(SampleHandler handler, NameHandler named)
    {
        bool isWhole = true;
        ulong head = Volatile.Read(ref *(ulong*)(_memory + HeadAt)), tail = *(ulong*)(_memory + TailAt);
        while (tail < head)
        {
            Copy(tail, _record.AsSpan(0, RecordHeader));
            uint type = MemoryMarshal.Read<uint>(_record);
            int size = MemoryMarshal.Read<ushort>(_record.AsSpan(6));
            if (size < RecordHeader) break;
            isWhole &= type != LostRecord;
            if (type is SampleRecord or NameRecord or BirthRecord && size <= _record.Length)
            {
                Copy(tail, _record.AsSpan(0, size));
                ReadOnlySpan<byte> body = _record.AsSpan(RecordHeader, size - RecordHeader);
                if (type == SampleRecord) Sample(body, handler);
                else Named(body, type == BirthRecord, named);
            }

            tail += (ulong)size;
        }

        Volatile.Write(ref *(ulong*)(_memory + TailAt), head);
        return isWhole;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _ = Libc.UnmapMemory((nint)_memory, (nuint)((Pages + 1) * _page));
        _handle.Dispose();
    }

    // Process, thread, time, length of the fields, the fields.
    private static void Sample(ReadOnlySpan<byte> body, SampleHandler handler)
    {
        if (body.Length < FieldsAt) return;
        uint length = MemoryMarshal.Read<uint>(body[16..]);
        if (length > body.Length - FieldsAt) return;
        handler(MemoryMarshal.Read<int>(body), MemoryMarshal.Read<long>(body[8..]), body.Slice(FieldsAt, (int)length));
    }

    // Process and thread, and the name; or process, parent, thread and parent's thread. Only a process' first thread names it.
    private static void Named(ReadOnlySpan<byte> body, bool isBirth, NameHandler handler)
    {
        const int name = 8, thread = 8;
        if (body.Length < (isBirth ? thread + sizeof(int) : name) + TrailerLength) return;
        int process = MemoryMarshal.Read<int>(body), second = MemoryMarshal.Read<int>(body[4..]);
        if (process != (isBirth ? MemoryMarshal.Read<int>(body[thread..]) : second)) return;
        long at = MemoryMarshal.Read<long>(body[^8..]);
        if (isBirth) handler(process, second, at, default);
        else handler(process, 0, at, body[name..^TrailerLength].TrimEnd((byte)0));
    }

    private void Copy(ulong at, Span<byte> target)
    {
        ReadOnlySpan<byte> ring = new(_memory + _page, Pages * _page);
        int start = (int)(at % (ulong)ring.Length), first = Math.Min(target.Length, ring.Length - start);
        ring.Slice(start, first).CopyTo(target);
        ring[..(target.Length - first)].CopyTo(target[first..]);
    }
}
