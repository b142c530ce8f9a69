using Trama.Packets;

namespace Trama.Reports.Browsing;

/// <summary>Takes a packet and its number in the capture, from 1.</summary>
/// <param name="record">The packet, valid during the call.</param>
/// <param name="number">Its number.</param>
public delegate void NumberedRecord(in Record record, long number);
