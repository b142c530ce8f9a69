namespace Trama.Captures;

/// <summary>What the kernel counted while capturing. The counts are libpcap's, of 32 bits.</summary>
/// <param name="Received">Packets that passed the filter.</param>
/// <param name="DroppedByKernel">Packets lost because the buffer was full.</param>
/// <param name="DroppedByInterface">Packets lost by the device or its driver.</param>
public readonly record struct CaptureStatistics(long Received, long DroppedByKernel, long DroppedByInterface);
