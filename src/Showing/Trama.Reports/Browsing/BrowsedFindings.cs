using Trama.Diagnosis;
using Trama.Tracing;

namespace Trama.Reports.Browsing;

/// <summary>What was found so far, told by one thread and asked for by others.</summary>
internal sealed class BrowsedFindings
{
    private readonly Lock _lock = new();
    private readonly SortedDictionary<long, ConnectionDiagnosis> _found = [];
    private CaptureDiagnosis? _whole;
    private long _told;

    public BrowsedFindings() => Diagnoser = new Diagnoser { Judged = Add };

    /// <summary>Judges connections.</summary>
    public Diagnoser Diagnoser { get; }

    /// <summary>How often anything was told; who asks again and finds the same number finds the same.</summary>
    public long Told => Volatile.Read(ref _told);

    /// <summary>What was found about a connection; the same list until something else is found.</summary>
    public IReadOnlyList<Finding> Of(long connection)
    {
        lock (_lock) return _found.TryGetValue(connection, out ConnectionDiagnosis? found) ? found.Findings : [];
    }

    /// <summary>All of it; while the capture goes on, of the connections that have ended.</summary>
    public CaptureDiagnosis Diagnosis(CaptureTotals totals)
    {
        lock (_lock)
        {
            if (_whole is not null) return _whole;
            ConnectionDiagnosis[] found = [.. _found.Values];
            return new CaptureDiagnosis(totals, found) { Verdict = Verdict.Of(found) };
        }
    }

    /// <summary>The capture is over.</summary>
    public void Conclude(CaptureTotals totals) => Conclude(Diagnoser.Conclude(totals));

    /// <summary>What was found in all of it.</summary>
    public void Conclude(CaptureDiagnosis whole)
    {
        lock (_lock)
        {
            _whole = whole;
            _found.Clear();
            foreach (ConnectionDiagnosis found in whole.Connections) _found.Add(found.Id, found);
            _told++;
        }
    }

    private void Add(ConnectionDiagnosis found)
    {
        lock (_lock)
        {
            _found[found.Id] = found;
            _told++;
        }
    }
}
