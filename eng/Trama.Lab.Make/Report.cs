namespace Trama.Lab.Make;

/// <summary>Counts what was made.</summary>
internal sealed class Report
{
    private readonly SortedDictionary<string, (int Kept, int GivenUp, List<string> Failures)> _labels = [];

    /// <summary>How many cases were given up.</summary>
    public int Failed => _labels.Values.Sum(entry => entry.GivenUp);

    /// <summary>A case was made.</summary>
    public void Add(string label, IReadOnlyList<string> failures)
    {
        lock (_labels)
        {
            if (!_labels.TryGetValue(label, out var entry)) entry = (0, 0, []);
            bool givenUp = failures is [.., "given up"];
            entry.Failures.AddRange(failures);
            _labels[label] = (entry.Kept + (givenUp ? 0 : 1), entry.GivenUp + (givenUp ? 1 : 0), entry.Failures);
        }
    }

    /// <summary>Prints the counts, and what kept cases from being kept.</summary>
    public void Print()
    {
        foreach ((string label, (int kept, int givenUp, List<string> failures)) in _labels)
        {
            Console.WriteLine($"{label,-30} kept {kept,3}   given up {givenUp,3}");
            foreach (IGrouping<string, string> group in failures.Where(failure => failure != "given up")
                .GroupBy(failure => failure)) Console.WriteLine($"    {group.Count()}x {group.Key}");
        }
    }
}
