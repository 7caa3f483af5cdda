package dev.passengers.passenger;

/**
 * What a client says of a passenger; the rules of each field are {@link Field}'s.
 *
 * @param survived whether the passenger survived
 * @param passengerClass 1, 2 or 3
 * @param name 1 to 150 code points
 * @param sex {@code male} or {@code female}
 * @param age in years, 0 to 150
 * @param siblingsOrSpousesAboard 0 to 100
 * @param parentsOrChildrenAboard 0 to 100
 * @param fare 0 to 1,000,000
 */
public record Details(boolean survived, int passengerClass, String name, String sex, double age,
		int siblingsOrSpousesAboard, int parentsOrChildrenAboard, double fare) {
}
