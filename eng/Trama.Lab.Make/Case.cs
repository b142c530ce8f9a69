using Trama.Lab.Experiments;

namespace Trama.Lab.Make;

/// <summary>One case of a set: it is made again, with other dice, until its truth is true.</summary>
internal sealed class Case(string output, int seed, string label, int number, IReadOnlyList<Func<Dice, Plan>> kinds)
{
    private const int Attempts = 6;

    private string Variant => $"s{seed}-{number + 1}";

    /// <summary>Makes it.</summary>
    /// <returns>The checks that failed, attempt by attempt; fewer than the most attempts when the case was kept.</returns>
    public IReadOnlyList<string> Make()
    {
        string folder = Path.Combine(output, label, Variant);
        List<string> failures = [];
        for (int attempt = 0; attempt < Attempts; attempt++)
        {
            var dice = new Dice(HashCode(seed, label, number, attempt));
            Plan plan = kinds[number % kinds.Count](dice);
            Directory.CreateDirectory(folder);
            IReadOnlyList<Check> checks = new Experiment(plan, dice).Run(folder, Variant).Checks;
            if (checks.All(check => check.Holds)) return failures;
            failures.AddRange(checks.Where(check => !check.Holds).Select(check => $"{plan.Kind}: {check.Text}: {check.Value}"));
            Directory.Delete(folder, recursive: true);
        }

        failures.Add("given up");
        return failures;
    }

    // The same on every machine and in every run, unlike string.GetHashCode.
    private static int HashCode(int seed, string label, int number, int attempt)
    {
        uint hash = 2_166_136_261;
        foreach (char c in $"{seed}/{label}/{number}/{attempt}") hash = (hash ^ c) * 16_777_619;
        return (int)(hash & int.MaxValue);
    }
}
