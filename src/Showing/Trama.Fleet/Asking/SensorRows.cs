using Trama.Fleet.Sending;

namespace Trama.Fleet.Asking;

/// <summary>What a sensor answered to a <see cref="RowQuestion"/>.</summary>
/// <param name="Sensor">The sensor.</param>
/// <param name="Rows">The rows.</param>
/// <param name="Notes">What its user should know, such as of what time something is missing.</param>
/// <param name="IsWhole">Whether it answered to the end.</param>
public sealed record SensorRows(string Sensor, IReadOnlyList<FleetMessage> Rows, IReadOnlyList<string> Notes, bool IsWhole);
